"""Smooth L1: squared near zero, absolute far from it.

    l(d) = d^2 / (2 beta)    for |d| < beta
    l(d) = |d| - beta / 2    otherwise
    L = mean_i l(x_i - t_i)  over the visible values

Use: as the first choice for coordinates and boxes: outliers do not dominate, and small
errors still converge.
Side effects: beta is in the units of the targets: with coordinates in [0, 1] the
default 1 is plainly half the squared error.
Source: Girshick, "Fast R-CNN", 2015, eq. 3, https://arxiv.org/abs/1504.08083; beta and
the values are those of torch's `smooth_l1_loss`.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Bool, Float
from torch import Tensor

from trainwell.core import checks
from trainwell.losses._module import LossModule
from trainwell.losses._types import (
    LossValue,
    Reduction,
    differences,
    mean_visible,
    reduced,
)


def smooth_l1_loss(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    beta: float = 1.0,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the smooth L1 error.

    Args:
        outputs: Shape (batch, points, 2) or (batch, values); any floating dtype,
            computed in float32 or higher.
        targets: The same shape; may be NaN where not visible.
        beta: Error, in the units of the targets, at which the line begins.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.
        visible: Which points count, shape (batch, points); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree or `beta` is not positive.

    Example:
        >>> from trainwell.losses import smooth_l1_loss
        >>> outputs, targets = torch.tensor([[0.5], [3.0]]), torch.zeros(2, 1)
        >>> smooth_l1_loss(outputs, targets, beta=1.0, reduction="none")
        tensor([0.1250, 2.5000])
    """
    checks.positive("beta", beta)
    difference = differences(outputs, targets, visible)
    values = F.smooth_l1_loss(
        difference, torch.zeros_like(difference), reduction="none", beta=beta
    )
    return reduced(mean_visible(values, visible), reduction)


class SmoothL1Loss(LossModule):
    """Module form of `smooth_l1_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import SmoothL1Loss
        >>> SmoothL1Loss(beta=1.0)(torch.tensor([[0.5]]), torch.zeros(1, 1))
        tensor(0.1250)
    """

    function = staticmethod(smooth_l1_loss)
