"""How far running statistics of BatchNorm are from those of a batch.

    shift:  root mean square over channels of (m - running mean) / running deviation
    factor: exp of the mean over channels of |log(v / running variance)|

where m and v are those of the batch, measured in evaluation mode, so that every layer
sees what it sees at inference. A shift over 1 or a factor over 4 is a gap.

Source: Ioffe & Szegedy, "Batch Normalization", 2015, algorithm 2,
https://arxiv.org/abs/1502.03167; the limits are ours.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from trainwell.core.modes import modes_kept

MAX_SHIFT, MAX_FACTOR = 1.0, 4.0


@dataclass(frozen=True)
class NormGap:
    """One BatchNorm layer.

    Attributes:
        name: In the model.
        shift: Of the means, in running deviations.
        factor: Between the variances, 1 and more.
    """

    name: str
    shift: float
    factor: float

    @property
    def wide(self) -> bool:
        """Whether statistics are those of something else."""
        return not (self.shift <= MAX_SHIFT and self.factor <= MAX_FACTOR)


@torch.no_grad()
def norm_gaps(model: nn.Module, images: Tensor) -> tuple[NormGap, ...]:
    """Measure every BatchNorm with running statistics; change nothing.

    Args:
        model: What to look at.
        images: As it reads them; 32 or more give steady numbers.
    """
    rows: dict[str, NormGap] = {}

    def look(name: str, layer: _BatchNorm, x: Tensor) -> None:
        axes = [axis for axis in range(x.ndim) if axis != 1]
        v, m = torch.var_mean(x.double(), dim=axes, correction=0)
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
    try:
        with modes_kept(model):
            model.eval()
            model(images)
    finally:
        for handle in handles:
            handle.remove()
    return tuple(rows.values())
