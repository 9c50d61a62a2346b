"""What the losses share: targets of either kind, reduction, and means over points."""

from typing import Literal

import torch
from jaxtyping import Bool, Float, Int, Shaped
from torch import Tensor

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32, class_distributions

Reduction = Literal["mean", "sum", "none"]
"""What happens to the values of the samples of a batch."""

REDUCTIONS: tuple[Reduction, ...] = ("mean", "sum", "none")

LossValue = Float[Tensor, ""] | Float[Tensor, " batch"]
"""One number, or one value per sample without a reduction."""

ClassTargets = Int[Tensor, " batch"] | Float[Tensor, "batch classes"]
"""Class indices, or one distribution over the classes per sample."""

LabelTargets = Int[Tensor, " batch"] | Shaped[Tensor, "batch labels"]
"""How true every label is, from 0 to 1; or the index of the only true one."""


def reduced(
    values: Float[Tensor, " batch"],
    reduction: Reduction,
    *,
    total: Tensor | None = None,
) -> LossValue:
    """Reduce the values of a batch.

    Args:
        values: One per sample.
        reduction: `mean`, `sum` or `none`.
        total: The divisor of the mean; the number of samples by default.

    Raises:
        ValueError: If `reduction` is unknown.
    """
    checks.one_of("reduction", reduction, REDUCTIONS)
    if reduction == "none":
        return values
    if reduction == "sum":
        return values.sum()
    return values.mean() if total is None else values.sum() / total


def class_weight(weight: Tensor | None, logits: Tensor) -> Tensor | None:
    """Return the factors of the classes in the logits' dtype and on their device.

    Raises:
        ValueError: If there is not one per class.
    """
    if weight is None:
        return None
    if weight.shape != logits.shape[1:]:
        raise ValueError(
            f"`weight` must have one value per class, {logits.shape[1]}, got shape "
            f"{tuple(weight.shape)}."
        )
    return weight.to(logits)


def total_weight(weight: Tensor | None, targets: Tensor) -> Tensor | None:
    """Return the divisor of a weighted mean; None for the number of samples.

    As in torch, targets that are distributions are averaged over the samples.
    """
    if weight is None or targets.is_floating_point():
        return None
    return target_weight(weight, targets).sum()


def target_weight(weight: Tensor, targets: Tensor) -> Tensor:
    """Return the weight of every sample: that of its class, or the mean of a mix."""
    return targets @ weight if targets.is_floating_point() else weight[targets.long()]


def label_targets(targets: Tensor, logits: Tensor) -> Float[Tensor, "batch labels"]:
    """Return how true every label is, in the logits' dtype.

    Raises:
        ValueError: If there is not one per output, nor an index per sample.
    """
    if targets.ndim == 1 and not targets.is_floating_point():
        return class_distributions(targets, logits.shape[1], logits.dtype)
    if targets.shape != logits.shape:
        raise ValueError(
            "`targets` must be 0 to 1 for every label, of the shape of `outputs`, "
            f"{tuple(logits.shape)}, or indices of one label per sample, got "
            f"{targets.dtype} of shape {tuple(targets.shape)}."
        )
    return targets.to(logits.dtype)


def focal_factor(wrong: Tensor, gamma: float) -> Tensor:
    """Return wrong^gamma with a finite slope.

    The power has none at 0 when gamma < 1, so a sure prediction stops above it.
    """
    return wrong.clamp(min=torch.finfo(wrong.dtype).eps) ** gamma


def mean_of_labels(
    values: Float[Tensor, "batch labels"], weight: Tensor | None
) -> Float[Tensor, " batch"]:
    """Return the mean of each sample over its labels, each times its weight.

    Raises:
        ValueError: If there is not one weight per label.
    """
    weight = class_weight(weight, values)
    return (values if weight is None else values * weight).mean(1)


def differences(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    visible: Bool[Tensor, "batch points"] | None,
) -> Tensor:
    """Return outputs - targets, zero without gradient where nothing is visible.

    Raises:
        ValueError: If the shapes disagree.
    """
    if outputs.shape != targets.shape:
        raise ValueError(
            f"`outputs` and `targets` must have the same shape, got "
            f"{tuple(outputs.shape)} and {tuple(targets.shape)}; reshape the outputs "
            "to (batch, points, 2)."
        )
    if visible is not None and visible.shape != outputs.shape[:2]:
        raise ValueError(
            f"`visible` must have the shape (batch, points) of the targets, "
            f"{tuple(outputs.shape[:2])}, got {tuple(visible.shape)}."
        )
    outputs = at_least_float32(outputs)
    difference = outputs - targets.to(outputs.dtype)
    if visible is None:
        return difference
    return torch.where(_spread(visible, difference), difference, 0)


def mean_visible(
    values: Float[Tensor, "batch ..."],
    visible: Bool[Tensor, "batch points"] | None,
) -> Float[Tensor, " batch"]:
    """Return the mean of each sample over its visible values; 0 if there are none."""
    if visible is None:
        return values.flatten(1).mean(1)
    shown = _spread(visible, values).expand_as(values).flatten(1)
    return torch.where(shown, values.flatten(1), 0).sum(1) / shown.sum(1).clamp(min=1)


def _spread(visible: Tensor, like: Tensor) -> Tensor:
    """Give the mask of the points the remaining axes of the values."""
    return visible.reshape(visible.shape + (1,) * (like.ndim - visible.ndim))
