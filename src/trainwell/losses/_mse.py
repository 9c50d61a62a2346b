"""Squared error: the mean of (output - target)^2.

    L = mean_i (x_i - t_i)^2   over the visible values

Use: when errors are Gaussian; one far outlier outweighs many good points.
Side effects: gradients grow with the error: clip them, or start at a small rate.
Source: Legendre, 1805 (least squares), as `mse_loss` of torch, without a factor 1/2.
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


def mse_loss(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    reduction: Reduction = "mean",
    visible: Bool[Tensor, "batch points"] | None = None,
) -> LossValue:
    """Return the mean squared error.

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
        >>> from trainwell.losses import mse_loss
        >>> mse_loss(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 0.0]]))
        tensor(5.)
    """
    difference = differences(outputs, targets, visible)
    return reduced(mean_visible(difference.square(), visible), reduction)


class MSELoss(LossModule):
    """Module form of `mse_loss`, with the same arguments.

    Example:
        >>> from trainwell.losses import MSELoss
        >>> MSELoss()(torch.tensor([[1.0, 3.0]]), torch.tensor([[0.0, 0.0]]))
        tensor(5.)
    """

    function = staticmethod(mse_loss)
