"""Batch normalisation with the statistics of all processes.

    mu = sum_p sum_i x_pi / n,    var = sum_p sum_i (x_pi - mu)^2 / n

where p runs over the processes and n counts the values of a channel in all of them, so
batches of unequal size are weighted rightly.

Use: in place of `batch_norm` when several processes train with few images each.
Side effects: two sums over all processes per layer and direction, so a slower step; the
same as `batch_norm` in one process.
Source: `torch.nn.SyncBatchNorm`; Peng et al., "MegDet", 2018, section 3.2,
https://arxiv.org/abs/1711.07240. Torch's layer refuses the CPU; ours needs nothing but
`all_reduce`, and subtracts the mean before it squares.
"""

from typing import Any

import torch
import torch.distributed as dist
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.tensors import at_least_float32
from trainwell.layers.norm._types import RunningVarianceNorm


class _SumOverProcesses(torch.autograd.Function):
    """Sum a tensor over all processes, and its gradient, too."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:  # noqa: ANN401
        total = x.clone()
        dist.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:  # noqa: ANN401
        total = gradients[0].clone()
        dist.all_reduce(total)
        return total


def sync_moments(
    x: Float[Tensor, "batch channels *space"],
) -> tuple[Float[Tensor, " channels"], Float[Tensor, " channels"], Float[Tensor, ""]]:
    """Return mean, biased variance and count per channel over all processes."""
    axes = [axis for axis in range(x.ndim) if axis != 1]
    local = x.new_full((1,), x.numel() / x.shape[1])
    sums: Tensor = _SumOverProcesses.apply(torch.cat([x.sum(axes), local]))  # type: ignore[no-untyped-call]
    count = sums[-1].detach()
    mean = sums[:-1] / count
    centred = x - mean.view(-1, *[1] * (x.ndim - 2))
    squares: Tensor = _SumOverProcesses.apply(centred.square().sum(axes))  # type: ignore[no-untyped-call]
    return mean, squares / count, count


class SyncBatchNorm(RunningVarianceNorm):
    """Batch norm over all processes in training; vectors and images fit.

    In evaluation, and in a single process, it is batch norm.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to the variance.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.layers.norm import SyncBatchNorm
        >>> images = 3 * torch.randn(16, 4, 8, 8) + 1
        >>> y = SyncBatchNorm(4)(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(
        self, num_features: int, eps: float = 1e-5, momentum: float = 0.1
    ) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)

    def forward(
        self, x: Float[Tensor, "batch channels *space"]
    ) -> Float[Tensor, "batch channels *space"]:
        """Normalise a batch of any rank from 2."""
        if not self.training:
            return self.evaluated(x)
        self.num_batches_tracked.add_(1)
        if not _several_processes():
            return nn.functional.batch_norm(
                x,
                self.running_mean,
                self.running_var,
                self.weight,
                self.bias,
                training=True,
                momentum=self.momentum,
                eps=self.eps,
            )
        mean, var, count = sync_moments(at_least_float32(x))
        self.follow(mean, var * count / (count - 1))
        scale = self.weight * (var + self.eps).rsqrt()
        shift = self.bias - mean * scale
        shape = (-1, *[1] * (x.ndim - 2))
        return (x * scale.view(shape) + shift.view(shape)).to(x.dtype)


def _several_processes() -> bool:
    return dist.is_available() and dist.is_initialized() and dist.get_world_size() > 1
