"""Squared error: the mean of (output - target)^2.

    L = mean_i (x_i - t_i)^2   over the visible values

Use: when errors are Gaussian; one far outlier outweighs many good points.
Side effects: gradients grow with the error: clip them, or start at a small rate.
Source: Legendre, 1805 (least squares), as `mse_loss` of torch, without a factor 1/2.
"""

from jaxtyping import Bool, Float
from torch import Tensor

from trainwell.losses._types import differences, mean_visible


def l2(
    outputs: Float[Tensor, "batch ..."],
    targets: Float[Tensor, "batch ..."],
    *,
    visible: Bool[Tensor, "batch points"] | None = None,
) -> Float[Tensor, " batch"]:
    """Return the mean squared error of every sample.

    Args:
        outputs: Shape (batch, points, 2) or (batch, values); any floating dtype,
            computed in float32 or higher.
        targets: The same shape; may be NaN where not visible.
        visible: Which points count, shape (batch, points); all if None. A sample
            without any has loss 0 and no gradient.

    Raises:
        ValueError: If the shapes disagree.
    """
    difference = differences(outputs, targets, visible)
    return mean_visible(difference.square(), visible)
