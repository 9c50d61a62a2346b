"""Adaptive wing: for heat maps, steep where the target is high, flat where it is 0.

    l(d, y) = w ln(1 + |d / e|^(a - y))     for |d| < t
    l(d, y) = A |d| - C                     otherwise
    A = w (a - y) (t / e)^(a - y - 1) / (e (1 + (t / e)^(a - y)))
    C = t A - w ln(1 + (t / e)^(a - y))
    L = mean_i (1 + W M_i) l(x_i - y_i, y_i)    over the maps of visible points

where w is the width, e the curvature, a = alpha, t the threshold and W the foreground
weight. M is 1 where the target's largest neighbour of 3 x 3 cells is at least 0.2, the
weight map of the paper. A and C make the pieces meet with one slope.

Use: for heat maps, most of whose cells are background: there it is about quadratic.
Side effects: targets are heights in [0, 1], outside of which they bend the loss as 0 or
1 do; with W = 10 values and gradients near points are 11 times as large.
Source: Wang et al., "Adaptive Wing Loss for Robust Face Alignment via Heatmap
Regression", 2019, eqs. 4, 9 and 10, https://arxiv.org/abs/1904.07399
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

_FOREGROUND = 0.2


def adaptive_wing_loss(  # noqa: PLR0913
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    width: float = 14.0,
    curvature: float = 1.0,
    threshold: float = 0.5,
    alpha: float = 2.1,
    foreground_weight: float = 0.0,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the adaptive wing loss.

    Args:
        outputs: Heat maps, shape (batch, points, height, width), or any shape that
            begins with a batch; any floating dtype, computed in float32 or higher.
        targets: The same shape, in [0, 1]; may be NaN where not visible.
        width: w, the size of the loss.
        curvature: e; the smaller, the steeper next to zero.
        threshold: t, the error at which the line begins.
        alpha: a, above 2, which keeps the loss smooth at 0 for every target.
        foreground_weight: W, what cells near a point weigh more; the paper's weight
            map has 10. Above 0 it needs heat maps.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.
        visible: Which points count, shape (batch, points); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree, `width`, `curvature` or `threshold` is not
            positive, `alpha` is not above 2, `foreground_weight` is negative, or
            weighs what are no heat maps.

    Example:
        >>> from trainwell.losses import adaptive_wing_loss
        >>> maps, targets = torch.zeros(1, 1, 8, 8), torch.zeros(1, 1, 8, 8)
        >>> targets[0, 0, 4, 4] = 1.0
        >>> adaptive_wing_loss(maps, targets)
        tensor(0.1603)
        >>> adaptive_wing_loss(maps, targets, foreground_weight=10.0)
        tensor(1.7633)
    """
    checks.positive("width", width)
    checks.positive("curvature", curvature)
    checks.positive("threshold", threshold)
    if not alpha > 2:
        raise ValueError(f"`alpha` must be above 2, got {alpha!r}.")
    checks.between("foreground_weight", foreground_weight, 0, float("inf"))
    size = differences(outputs, targets, visible).abs()
    heights = targets.to(size.dtype)
    power = alpha - heights.clamp(0, 1)
    joint = (threshold / curvature) ** power
    slope = width * power * joint / (threshold * (1 + joint))
    near = width * torch.log1p((size / curvature) ** power)
    far = slope * (size - threshold) + width * torch.log1p(joint)
    values = torch.where(size < threshold, near, far)
    if foreground_weight > 0:
        values = values * (1 + foreground_weight * _foreground(heights))
    return reduced(mean_visible(values, visible), reduction)


def _foreground(targets: Tensor) -> Tensor:
    """Return 1 where a cell of a target or one of its 8 neighbours is high, else 0."""
    if targets.ndim != 4:
        raise ValueError(
            "`foreground_weight` needs heat maps of the shape (batch, points, height, "
            f"width), got {tuple(targets.shape)}; set it to 0."
        )
    largest = F.max_pool2d(targets, 3, stride=1, padding=1)
    return (largest >= _FOREGROUND).to(targets.dtype)


class AdaptiveWingLoss(LossModule):
    """Module form of `adaptive_wing_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import AdaptiveWingLoss
        >>> loss = AdaptiveWingLoss(foreground_weight=10.0)
        >>> maps, visible = torch.ones(1, 2, 4, 4), torch.tensor([[True, False]])
        >>> loss(maps, torch.zeros(1, 2, 4, 4), visible=visible)
        tensor(8.4959)
    """

    function = staticmethod(adaptive_wing_loss)
