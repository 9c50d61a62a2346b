"""Batch-instance normalisation: a learned mix of the two per channel.

    y = gamma (rho x_B + (1 - rho) x_I) + beta,    rho <- clip(rho - step, 0, 1)

where x_B is the batch-normalised and x_I the instance-normalised input.

Use: where style (contrast, lighting) varies without meaning in some channels and with
meaning in others.
Side effects: one more parameter per channel; differs between training and evaluation as
far as rho is above 0; needs more than one position.
Source: Nam & Kim, "Batch-Instance Normalization for Adaptively Style-Invariant Neural
Networks", 2018, eq. 3 and 4, https://arxiv.org/abs/1805.07925. rho begins at 1, as in
the authors' code, and is clipped before each use, that is after each step.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.layers.norm._types import RunningVarianceNorm


class BatchInstanceNorm(RunningVarianceNorm):
    """The mix; `rho` is a parameter that every forward in training clips to [0, 1].

    The arguments are those of `batch_instance_norm`.
    """

    def __init__(
        self, num_features: int, *, eps: float = 1e-5, momentum: float = 0.1
    ) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)
        self.rho = nn.Parameter(torch.ones(num_features))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch channels height width"]:
        """Normalise a batch of images."""
        rho = self.rho.clamp(0, 1)
        if self.training:
            _clip(self.rho)
            rho = self.rho  # the gradient must reach a rho at the border
            self.num_batches_tracked.add_(1)
        by_batch = F.batch_norm(
            x,
            self.running_mean,
            self.running_var,
            training=self.training,
            momentum=self.momentum,
            eps=self.eps,
        )
        by_image = F.instance_norm(x, eps=self.eps)
        weight, bias, rho = (p.view(-1, 1, 1) for p in (self.weight, self.bias, rho))
        return weight * (rho * by_batch + (1 - rho) * by_image) + bias


@torch.no_grad()
def _clip(rho: Tensor) -> None:
    """Clip in place; a second forward before the backward finds nothing to change."""
    with torch.autograd.grad_mode._unsafe_preserve_version_counter(rho):
        rho.clamp_(0, 1)


def batch_instance_norm(
    num_features: int, *, eps: float = 1e-5, momentum: float = 0.1
) -> nn.Module:
    """Return the layer for images, (batch, channels, height, width).

    Args:
        num_features: Channels.
        eps: Added to the variances.
        momentum: Share of the new batch in the running statistics, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.
    """
    return BatchInstanceNorm(num_features, eps=eps, momentum=momentum)
