"""Quantile loss (pinball): its best constant is a quantile, not the mean.

    L = mean_i max(q d_i, (q - 1) d_i),   d = target - output,   over the visible values

Use: for a number with an interval: an output each for the quantiles 0.05, 0.5 and 0.95,
say; with q = 0.5 it is half of the absolute error.
Side effects: outputs for several quantiles may cross, and cover what they say only
on images like those trained on: check the coverage on validation images.
Source: Koenker & Bassett, "Regression Quantiles", 1978, eq. 2.3.
"""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from trainwell.losses._module import LossModule
from trainwell.losses._types import (
    LossValue,
    Reduction,
    differences,
    mean_visible,
    reduced,
)


def quantile_loss(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    quantile: float = 0.5,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the quantile loss.

    Args:
        outputs: Shape (batch, values) or (batch, points, 2); any floating dtype,
            computed in float32 or higher.
        targets: The same shape; may be NaN where not visible.
        quantile: Share of the targets that should lie below the outputs, in (0, 1).
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.
        visible: Which values count, shape (batch, values); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree, or `quantile` is not in (0, 1).

    Example:
        >>> from trainwell.losses import quantile_loss
        >>> outputs, targets = torch.ones(2, 1), torch.tensor([[3.0], [0.0]])
        >>> quantile_loss(outputs, targets, quantile=0.9, reduction="none")
        tensor([1.8000, 0.1000])
    """
    if not 0 < quantile < 1:
        raise ValueError(f"`quantile` must be in (0, 1), got {quantile!r}.")
    below = -differences(outputs, targets, visible)
    values = torch.maximum(quantile * below, (quantile - 1) * below)
    return reduced(mean_visible(values, visible), reduction)


class QuantileLoss(LossModule):
    """Module form of `quantile_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import QuantileLoss
        >>> QuantileLoss(quantile=0.9)(torch.tensor([[1.0]]), torch.tensor([[3.0]]))
        tensor(1.8000)
    """

    function = staticmethod(quantile_loss)
