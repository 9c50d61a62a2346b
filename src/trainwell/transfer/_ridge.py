"""Ridge regression: the best linear function from features to numbers.

    W, b = argmin  sum_i s_i |y_i - W z_i - b|^2 + penalty |W|^2,    sum_i s_i = 1
    z = (features - mean) / std, clipped at 5, of the training images

The bias is free of the penalty. Since every z has a variance of about 1, a penalty says
how much weaker than that a direction is before it is left out, whatever the number of
images; the alpha of scikit-learn is the penalty times that number.

Use: to predict numbers or points from frozen features at once, in place of training a
head or as its start.
Side effects: features far from those of the training images are clipped, so answers
do not run away.
Source: Hoerl & Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal
Problems", 1970; the system of the images instead of the features: Saunders, Gammerman
& Vovk, "Ridge Regression Learning Algorithm in Dual Variables", 1998.
"""

from collections.abc import Iterator, Sequence

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32, clipped_scores
from trainwell.transfer._normal_equations import normal_equations
from trainwell.transfer._solve import LinearHead, standardization

PENALTIES = (0.1, 1.0, 10.0, 100.0, 1000.0)

Numbered = tuple[Tensor, Tensor]
"""Features (images, d) and the numbers to predict (images, columns)."""


def ridge_head(
    features: Float[Tensor, "images features"],
    targets: Float[Tensor, "images columns"],
    *,
    penalty: float,
    sample_weights: Float[Tensor, " images"] | None = None,
) -> LinearHead:
    """Return the ridge regression of these features; its `logits` are the numbers.

    Args:
        features: One row per image.
        targets: Numbers in any units; NaN where one is unknown, which leaves the image
            out of that column.
        penalty: Weight of the squared weights.
        sample_weights: How much each image counts; all the same by default.

    Raises:
        ValueError: If `penalty` is not positive, the shapes disagree, a weight is
            negative, or nothing of a column is known.

    Example:
        >>> x = torch.randn(40, 3)
        >>> head = ridge_head(x, 2 * x[:, :1] + 5, penalty=1e-6)
        >>> head.logits(torch.zeros(1, 3)).round(decimals=2)
        tensor([[5.]])
    """
    return ridge_heads(features, targets, (penalty,), sample_weights)[0]


@torch.no_grad()
def ridge_heads(
    features: Float[Tensor, "images features"],
    targets: Float[Tensor, "images columns"],
    penalties: Sequence[float],
    sample_weights: Float[Tensor, " images"] | None = None,
) -> list[LinearHead]:
    """Return `ridge_head` for each penalty; the products of features are taken once.

    Example:
        >>> x = torch.randn(40, 3)
        >>> len(ridge_heads(x, x[:, :1], (0.1, 1.0)))
        2
    """
    for penalty in penalties:
        checks.positive("penalty", penalty)
    weights = _weights(features, targets, sample_weights)
    features = at_least_float32(features)
    mean, std = standardization(features)
    z = clipped_scores(features, mean, std)
    equations = normal_equations(z)
    shape = targets.shape[1], z.shape[1]
    heads = [
        LinearHead(mean, std, z.new_zeros(shape), z.new_zeros(shape[0]))
        for _ in penalties
    ]
    for columns, rows in _known(targets, weights):
        share = weights[rows] / weights[rows].sum()
        y = targets[rows][:, columns].double()
        system = equations.of(rows, share)
        for head, penalty in zip(heads, penalties, strict=True):
            weight, bias = system.solve(y, penalty)
            head.weight[columns] = weight.to(z)
            head.bias[columns] = bias.to(z)
    return heads


def choose_penalty(
    training: Numbered,
    validation: Numbered,
    *,
    penalties: Sequence[float] = PENALTIES,
    sample_weights: Float[Tensor, " images"] | None = None,
) -> tuple[float, LinearHead]:
    """Return the penalty with the least error on validation images, and its head.

    The error is the mean over the columns of the squared error, each in units of the
    variance of the column in the training images. Of equal ones the largest is taken.

    Args:
        training: Features and targets, as of `ridge_head`.
        validation: Those of images that are not trained on.
        penalties: To choose from.
        sample_weights: How much each training image counts.

    Raises:
        ValueError: As `ridge_head`, or if there is no penalty.

    Example:
        >>> x = torch.randn(60, 3)
        >>> y = x[:, :1] + 0.1
        >>> choose_penalty((x[:40], y[:40]), (x[40:], y[40:]))[0]
        0.1
    """
    if not penalties:
        raise ValueError("`penalties` must hold one number or more, got none.")
    order = sorted(penalties, reverse=True)
    heads = ridge_heads(*training, order, sample_weights)
    y = training[1].double()
    scale = (y - y.nanmean(0)).square().nanmean(0).clamp(min=1e-12)
    errors = [_error(head, validation, scale) for head in heads]
    best = errors.index(min(errors))
    return order[best], heads[best]


def _error(head: LinearHead, validation: Numbered, scale: Tensor) -> float:
    features, targets = validation
    answers = head.logits(features.to(head.weight)).double()
    return float((answers - targets.double()).square().nanmean(0).div(scale).nanmean())


def _weights(features: Tensor, targets: Tensor, given: Tensor | None) -> Tensor:
    """Return the weights of the images in float64.

    Raises:
        ValueError: If the shapes disagree or a weight is negative.
    """
    if targets.ndim != 2 or len(targets) != len(features):
        raise ValueError(
            f"`targets` must be (images, columns) for {len(features)} images, got "
            f"{tuple(targets.shape)}."
        )
    if given is None:
        return torch.ones(len(features), dtype=torch.float64, device=features.device)
    if given.shape != features.shape[:1] or not (given >= 0).all():
        raise ValueError(
            f"`sample_weights` must be {len(features)} numbers, one per image and none "
            f"negative, got shape {tuple(given.shape)}."
        )
    return given.double()


def _known(targets: Tensor, weights: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the columns with values of the same images, and these images.

    Raises:
        ValueError: If nothing of a column is known.
    """
    known = ~targets.isnan() & (weights > 0)[:, None]
    masks, group = torch.unique(known.T, dim=0, return_inverse=True)
    for number, mask in enumerate(masks):
        columns = (group == number).nonzero().flatten()
        if not mask.any():
            raise ValueError(
                f"`targets` has no value in column {int(columns[0])}: leave it out."
            )
        yield columns, mask.nonzero().flatten()
