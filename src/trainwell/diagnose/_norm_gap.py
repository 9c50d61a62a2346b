"""The gap between running statistics of BatchNorm and those of a batch.

    shift:  root mean square over channels of (m - running mean) / running std
    factor: exp of the mean over channels of |log(v / running variance)|

where m and v are those of the batch, measured in evaluation mode, so that every layer
sees what it sees at inference. A shift over 1 or a factor over 4 is a gap.

Source: Ioffe & Szegedy, "Batch Normalization", 2015, algorithm 2,
https://arxiv.org/abs/1502.03167; the limits are ours.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from trainwell.core.modes import evaluating

MAX_SHIFT, MAX_FACTOR = 1.0, 4.0


@dataclass(frozen=True)
class NormGap:
    """One BatchNorm layer.

    Attributes:
        name: Name in the model.
        shift: Distance of the means, in running standard deviations.
        factor: Factor between the variances, 1 or more.
    """

    name: str
    shift: float
    factor: float

    @property
    def wide(self) -> bool:
        """Whether the statistics are those of other inputs."""
        return not (self.shift <= MAX_SHIFT and self.factor <= MAX_FACTOR)


def norm_gaps(model: nn.Module, images: Tensor) -> tuple[NormGap, ...]:
    """Measure every BatchNorm with running statistics; change nothing.

    Args:
        model: Model with BatchNorm layers.
        images: Batch as the model reads it; 32 or more give steady numbers.
    """
    rows: dict[str, NormGap] = {}

    def look(name: str, layer: _BatchNorm, x: Tensor) -> None:
        m, v = _moments(x)
        mean, var = layer.running_mean, layer.running_var
        assert mean is not None
        assert var is not None
        mean, var = mean.double(), var.double() + layer.eps
        shift = ((m - mean) / var.sqrt()).square().mean().sqrt().item()
        factor = ((v + layer.eps) / var).log().abs().mean().exp().item()
        rows.setdefault(name, NormGap(name, shift, factor))

    handles = [
        layer.register_forward_pre_hook(
            lambda module, args, name=name: look(name, module, args[0])
        )
        for name, layer in model.named_modules()
        if isinstance(layer, _BatchNorm) and layer.running_mean is not None
    ]
    with evaluating(model, handles):
        model(images)
    return tuple(rows.values())


def _moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return mean and variance of every channel; a norm's kernels are the fastest."""
    per_channel = x.numel() // x.shape[1]
    if per_channel == 1:
        mean = x.double().flatten()
        return mean, torch.zeros_like(mean)
    mean, var = x.new_zeros(2, x.shape[1], dtype=torch.float32)
    F.batch_norm(x.float(), mean, var, training=True, momentum=1.0)
    return mean.double(), var.double() * (per_channel - 1) / per_channel
