"""Absolute error: the mean of |output - target|.

    L = mean_i |x_i - t_i|   over the visible values

Use: for coordinates with outliers or sloppy annotations; its best constant is the
median.
Side effects: the gradient keeps its size however small the error is, so the last
digits need a falling rate.
Source: Laplace, 1774 (least absolute deviations), as `l1_loss` of torch.
"""

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


def l1_loss(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the mean absolute error.

    Args:
        outputs: Shape (batch, points, 2) or (batch, values); any floating dtype,
            computed in float32 or higher.
        targets: The same shape; may be NaN where not visible.
        reduction: `mean` or `sum` over the samples, or `none` for one value per sample.
        visible: Which points count, shape (batch, points); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> from trainwell.losses import l1_loss
        >>> l1_loss(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 0.0]]))
        tensor(2.)
    """
    difference = differences(outputs, targets, visible)
    return reduced(mean_visible(difference.abs(), visible), reduction)


class L1Loss(LossModule):
    """Module form of `l1_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import L1Loss
        >>> L1Loss()(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 0.0]]))
        tensor(2.)
    """

    function = staticmethod(l1_loss)
