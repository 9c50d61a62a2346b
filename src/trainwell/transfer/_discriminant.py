"""Linear discriminants of features that do not change, with a shrunk covariance.

    w_k = (S + shrinkage I)^-1 m_k,    b_k = -m_k . w_k / 2
    S = mean_i (z_i - m_y)(z_i - m_y)^T,    m_k = mean of z in class k
    z = (features - mean) / std, clipped at 5, of the training images

What varies within the classes counts little. The shrinkage makes that possible where
there are thousands of features and fewer images. All classes are taken to be as likely.

Use: `transfer.solve=true` tries it with shrinkages of 1, 3 and 10 beside softmax
regression, and takes what finds the validation images likeliest.
Side effects: its logits are too sure, since there are more features than images; divide
them by a temperature.
Source: Friedman, "Regularized Discriminant Analysis", 1989, eq. 18; Hastie, Tibshirani
& Friedman, "The Elements of Statistical Learning", 2009, section 4.3.1.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import clipped_scores
from trainwell.transfer._solve import LinearHead, standardization

_ROWS = 10_000  # images that the covariance is taken of, at most


def discriminant_head(
    features: Float[Tensor, "images features"],
    targets: Int[Tensor, " images"],
    num_classes: int,
    *,
    shrinkage: float = 3.0,
) -> LinearHead:
    """Return the linear discriminants of these features.

    Args:
        features: One row per image.
        targets: Class indices.
        num_classes: Classes; one without images is never the answer.
        shrinkage: Added to every variance within the classes; of all images it is 1.

    Raises:
        ValueError: If `shrinkage` is not positive.

    Example:
        >>> y = torch.arange(40) % 2
        >>> x = y[:, None] + 0.1 * torch.randn(40, 3)
        >>> (discriminant_head(x, y, 2).logits(x).argmax(1) == y).all().item()
        True
    """
    return discriminant_heads(features, targets, num_classes, (shrinkage,))[0]


def discriminant_heads(
    features: Float[Tensor, "images features"],
    targets: Int[Tensor, " images"],
    num_classes: int,
    shrinkages: Sequence[float],
) -> list[LinearHead]:
    """Return `discriminant_head` for each shrinkage; the covariance is taken once.

    Example:
        >>> y = torch.arange(40) % 2
        >>> x = y[:, None] + 0.1 * torch.randn(40, 3)
        >>> len(discriminant_heads(x, y, 2, (1.0, 10.0)))
        2
    """
    for shrinkage in shrinkages:
        checks.positive("shrinkage", shrinkage)
    mean, std = standardization(features)
    z = clipped_scores(features, mean, std)
    counts = torch.bincount(targets, minlength=num_classes)
    means = z.new_zeros(num_classes, z.shape[1]).index_add_(0, targets, z)
    means /= counts.clamp(min=1)[:, None]
    some = slice(None, None, -(-len(z) // _ROWS))
    solve = _Shrunk(z[some] - means[targets[some]])
    heads = []
    for shrinkage in shrinkages:
        weight = solve(means, shrinkage)
        bias = -(means * weight).sum(1) / 2
        if (counts == 0).any():
            bias[counts == 0] = (z @ weight.T + bias).min()
        heads.append(LinearHead(mean, std, weight, bias))
    return heads


class _Shrunk:
    """Solve with a shrunk covariance S = X^T X / n, by the smaller of two systems.

        (S + a I)^-1 = (I - X^T (X X^T / n + a I)^-1 X / n) / a

    Source: Woodbury, "Inverting modified matrices", 1950.
    """

    def __init__(self, within: Tensor) -> None:
        self.within, (self.count, width) = within, within.shape
        self.direct = self.count >= width
        product = within.T @ within if self.direct else within @ within.T
        self.matrix = product / self.count

    def __call__(self, means: Tensor, shrinkage: float) -> Tensor:
        """Return means (S + shrinkage I)^-1."""
        shrunk = self.matrix.clone()
        shrunk.diagonal().add_(shrinkage)
        factor = torch.linalg.cholesky(shrunk)
        if self.direct:
            return torch.cholesky_solve(means.T, factor).T
        inner = torch.cholesky_solve(self.within @ means.T, factor)
        return (means - (self.within.T @ inner).T / self.count) / shrinkage
