"""Decorrelated batch normalisation: whiten groups of channels, not each alone.

    x_hat = S^(-1/2) (x - mu),    y = gamma x_hat + beta
    S = (1 - a) cov + (a tr(cov) / g + eps) I

over groups of g channels; the whitening turns as little as possible (ZCA). Shrinking by
a bounds the condition number of S by about g / a, however few images there are. The
running average of S^(-1/2) serves evaluation.

Use: in place of `batch_norm` where better conditioning is worth the time, above all in
the first layers.
Side effects: a matrix product per group and an inverse root per batch, so a slower
step; noisier than `batch_norm` for small batches, the more so the larger the group.
Source: Huang et al., "Decorrelated Batch Normalization", 2018, section 3,
https://arxiv.org/abs/1804.08450; with Newton's iteration "Iterative Normalization",
2019, https://arxiv.org/abs/1904.03441. The shrinking is ours.
"""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.layers.norm._types import RunningNorm, largest_divisor, raised
from trainwell.layers.norm._whiten import inverse_root_eigen, inverse_root_newton


def group_covariance(
    x: Float[Tensor, "channels samples"], *, size: int
) -> Float[Tensor, "groups size size"]:
    """Return the biased covariance of every `size` adjacent channels; x is centred."""
    grouped = x.view(-1, size, x.shape[1])
    return grouped @ grouped.mT / x.shape[1]


def shrunk(
    covariance: Float[Tensor, "groups size size"], *, shrinkage: float, eps: float
) -> Float[Tensor, "groups size size"]:
    """Move the eigenvalues towards their mean, and add eps."""
    size = covariance.shape[-1]
    mean = covariance.diagonal(dim1=-2, dim2=-1).mean(-1)[:, None, None]
    eye = torch.eye(size, dtype=covariance.dtype, device=covariance.device)
    return (1 - shrinkage) * covariance + (shrinkage * mean + eps) * eye


class DecorrelatedBatchNorm(RunningNorm):
    """Whitening by groups; the arguments are those of `decorrelated_batch_norm`."""

    running_whitening: Tensor

    def __init__(  # noqa: PLR0913
        self,
        num_features: int,
        *,
        eps: float = 1e-5,
        momentum: float = 0.1,
        group_size: int = 16,
        method: Literal["eigen", "newton"] = "newton",
        steps: int = 5,
        shrinkage: float = 1e-3,
    ) -> None:
        super().__init__(num_features, eps=eps, momentum=momentum)
        checks.positive("group_size", group_size)
        checks.one_of("method", method, ["eigen", "newton"])
        checks.positive("steps", steps)
        checks.between("shrinkage", shrinkage, 0, 1)
        self.group_size = largest_divisor(num_features, group_size)
        self.method = method
        self.steps = steps
        self.shrinkage = shrinkage
        groups = num_features // self.group_size
        eye = torch.eye(self.group_size).repeat(groups, 1, 1)
        self.register_buffer("running_whitening", eye)

    def whitening(self, covariance: Tensor) -> Tensor:
        """Return the inverse square root of the shrunken covariance of each group."""
        stable = shrunk(covariance, shrinkage=self.shrinkage, eps=self.eps)
        if self.method == "eigen":
            return inverse_root_eigen(stable)
        return inverse_root_newton(stable, steps=self.steps)

    def forward(
        self, x: Float[Tensor, "batch channels *space"]
    ) -> Float[Tensor, "batch channels *space"]:
        """Whiten a batch of any rank from 2."""
        values = x.transpose(0, 1).flatten(1)
        if self.training:
            values = raised(values)
            mean = values.mean(1)
            values = values - mean[:, None]
            covariance = group_covariance(values, size=self.group_size)
            whitening = self.whitening(covariance)
            self._follow(mean, whitening)
        else:
            values = values - self.running_mean[:, None]
            whitening = self.running_whitening
        grouped = values.view(-1, self.group_size, values.shape[1])
        white = (whitening @ grouped).view_as(values)
        y = self.weight[:, None] * white + self.bias[:, None]
        swapped = (x.shape[1], x.shape[0], *x.shape[2:])
        return y.view(swapped).transpose(0, 1).to(x.dtype)

    @torch.no_grad()
    def _follow(self, mean: Tensor, whitening: Tensor) -> None:
        """Move the running statistics towards those of a batch."""
        self.running_mean.lerp_(mean.to(self.running_mean), self.momentum)
        whitening = whitening.to(self.running_whitening)
        self.running_whitening.lerp_(whitening, self.momentum)
        self.num_batches_tracked.add_(1)


def decorrelated_batch_norm(  # noqa: PLR0913
    num_features: int,
    *,
    eps: float = 1e-5,
    momentum: float = 0.1,
    group_size: int = 16,
    method: Literal["eigen", "newton"] = "newton",
    steps: int = 5,
    shrinkage: float = 1e-3,
) -> nn.Module:
    """Return the layer, for vectors and images.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to the eigenvalues of the covariance.
        momentum: Share of the new batch in the running statistics, in [0, 1].
        group_size: At most so many channels are whitened together: the largest
            divisor of `num_features` that is not above it.
        method: The exact inverse root, or Newton's iteration.
        steps: Of Newton's iteration.
        shrinkage: a, share of the mean eigenvalue mixed into all, in [0, 1].

    Raises:
        ValueError: If an argument is out of range.
    """
    return DecorrelatedBatchNorm(
        num_features,
        eps=eps,
        momentum=momentum,
        group_size=group_size,
        method=method,
        steps=steps,
        shrinkage=shrinkage,
    )
