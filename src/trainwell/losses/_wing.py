"""Wing: logarithmic for small errors, absolute for large ones.

    l(d) = w ln(1 + |d| / e)     for |d| < w
    l(d) = |d| - C               otherwise,   C = w - w ln(1 + w / e)
    L = mean_i l(x_i - t_i)      over the visible values

where w is the width and e the curvature.

Use: for keypoints, where many small errors matter more than few large ones.
Side effects: width and curvature are in the units of the targets (pixels by default);
the gradient is largest, w / e, next to zero, so the rate must fall at the end.
Source: Feng et al., "Wing Loss for Robust Facial Landmark Localisation with
Convolutional Neural Networks", 2018, eq. 5, https://arxiv.org/abs/1711.06753
"""

import math

import torch
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


def wing_loss(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    width: float = 10.0,
    curvature: float = 2.0,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the wing loss.

    Args:
        outputs: Shape (batch, points, 2) or (batch, values); any floating dtype,
            computed in float32 or higher.
        targets: The same shape; may be NaN where not visible.
        width: w, the error at which the line begins.
        curvature: e; the smaller, the steeper next to zero.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.
        visible: Which points count, shape (batch, points); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree, or `width` or `curvature` is not positive.

    Example:
        >>> from trainwell.losses import wing_loss
        >>> points, targets = torch.tensor([[[2.0, 20.0]]]), torch.zeros(1, 1, 2)
        >>> wing_loss(points, targets, width=10.0, curvature=2.0)
        tensor(17.4245)
    """
    checks.positive("width", width)
    checks.positive("curvature", curvature)
    size = differences(outputs, targets, visible).abs()
    near = width * torch.log1p(size / curvature)
    far = size - width + width * math.log1p(width / curvature)
    values = mean_visible(torch.where(size < width, near, far), visible)
    return reduced(values, reduction)


class WingLoss(LossModule):
    """Module form of `wing_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import WingLoss
        >>> loss = WingLoss(width=10.0)
        >>> points, visible = torch.ones(1, 2, 2), torch.tensor([[True, False]])
        >>> loss(points, torch.zeros(1, 2, 2), visible=visible)
        tensor(4.0547)
    """

    function = staticmethod(wing_loss)
