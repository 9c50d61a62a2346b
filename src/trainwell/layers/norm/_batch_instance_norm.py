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


def batch_instance_norm(  # noqa: PLR0913
    x: Float[Tensor, "batch channels height width"],
    running_mean: Tensor | None,
    running_var: Tensor | None,
    rho: Float[Tensor, " channels"],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Float[Tensor, "batch channels height width"]:
    """Normalise a batch of images.

    Args:
        x: The images.
        running_mean: Means for evaluation; moved in place in training.
        running_var: Variances for evaluation; moved in place in training.
        rho: Fraction of the batch-normalised part per channel, in [0, 1].
        weight: gamma, one per channel; 1 by default.
        bias: beta, one per channel; 0 by default.
        training: Whether to use the statistics of the batch.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].
        eps: Added to the variances.

    Example:
        >>> from trainwell.layers.norm.functional import batch_instance_norm
        >>> images = 3 * torch.randn(16, 4, 8, 8) + 1
        >>> mean, var = torch.zeros(4), torch.ones(4)
        >>> y = batch_instance_norm(images, mean, var, torch.zeros(4), training=True)
        >>> torch.allclose(y, torch.nn.functional.instance_norm(images), atol=1e-5)
        True
    """
    by_batch = F.batch_norm(
        x, running_mean, running_var, training=training, momentum=momentum, eps=eps
    )
    by_image = F.instance_norm(x, eps=eps)
    rho = rho.view(-1, 1, 1)
    y = rho * by_batch + (1 - rho) * by_image
    if weight is not None:
        y = weight.view(-1, 1, 1) * y
    return y if bias is None else y + bias.view(-1, 1, 1)


class BatchInstanceNorm2d(RunningVarianceNorm):
    """`batch_instance_norm` of images, with rho as a parameter.

    Every forward pass in training clips `rho` to [0, 1].

    Args:
        num_features: Channels.
        eps: Added to the variances.
        momentum: Fraction of the new batch in the running statistics, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.layers.norm import BatchInstanceNorm2d
        >>> images = 3 * torch.randn(16, 4, 8, 8) + 1
        >>> y = BatchInstanceNorm2d(4)(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(
        self, num_features: int, eps: float = 1e-5, momentum: float = 0.1
    ) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)
        self.rho = nn.Parameter(torch.ones(num_features))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch channels height width"]:
        """Normalise a batch of images."""
        rho: Tensor = self.rho.clamp(0, 1)
        if self.training:
            _clip(self.rho)
            rho = self.rho  # the gradient must reach a rho at the border
            self.num_batches_tracked.add_(1)
        return batch_instance_norm(
            x,
            self.running_mean,
            self.running_var,
            rho,
            self.weight,
            self.bias,
            self.training,
            self.momentum,
            self.eps,
        )


@torch.no_grad()
def _clip(rho: Tensor) -> None:
    """Clip in place; a second forward before the backward finds nothing to change."""
    with torch.autograd.grad_mode._unsafe_preserve_version_counter(rho):
        rho.clamp_(0, 1)
