"""Heat maps as targets: a Gaussian of height 1 around every point.

    h_ij = exp(-((j + 1/2 - x width)^2 + (i + 1/2 - y height)^2) / (2 sigma^2))

in cells of the map; points are fractions of the width and the height, the centre of the
first cell at half a cell, as `soft_argmax` answers.

Use: as the targets of `losses.adaptive_wing_loss` or of the squared error.
Side effects: a point between cells has no cell of height 1, which keeps its place finer
than a cell; a point outside is a slope at the border.
Source: Tompson et al., "Joint Training of a Convolutional Network and a Graphical Model
for Human Pose Estimation", 2014, section 3.1, https://arxiv.org/abs/1406.2984; centred
between cells as in Zhang et al., "Distribution-Aware Coordinate Representation for
Human Pose Estimation", 2020, section 3.2, https://arxiv.org/abs/1910.06278
"""

import torch
from jaxtyping import Bool, Float
from torch import Tensor

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.core.tensors import at_least_float32


def heatmap_targets(
    points: Float[Tensor, "batch points 2"],
    size: ImageSize,
    *,
    sigma: float = 1.5,
    visible: Bool[Tensor, "batch points"] | None = None,
) -> Float[Tensor, "batch points height width"]:
    """Return one heat map per point.

    Args:
        points: (x, y) in fractions of the width and the height, shape (batch, points,
            2); may be NaN where not visible.
        size: Cells of the maps: a square's side, or (height, width).
        sigma: Spread in cells.
        visible: Which points have a map, shape (batch, points); all if None. The
            others' maps are 0.

    Returns:
        Heights in [0, 1], shape (batch, points, height, width).

    Raises:
        ValueError: If `sigma` is not positive.

    Example:
        >>> points = torch.tensor([[[0.5, 0.75]]])
        >>> heatmap_targets(points, (2, 3), sigma=1.0)
        tensor([[[[0.3679, 0.6065, 0.3679],
                  [0.6065, 1.0000, 0.6065]]]])
    """
    checks.positive("sigma", sigma)
    height, width = height_and_width(size)
    points = at_least_float32(points)
    across = _gaussian(points[..., 0], width, sigma)
    down = _gaussian(points[..., 1], height, sigma)
    maps = down[..., :, None] * across[..., None, :]
    if visible is None:
        return maps
    return torch.where(visible[..., None, None], maps, 0)


def _gaussian(places: Tensor, cells: int, sigma: float) -> Tensor:
    """Return heights along one side, (batch, points, cells)."""
    centres = torch.arange(cells, device=places.device, dtype=places.dtype) + 0.5
    return torch.exp(-((centres - places[..., None] * cells) / sigma).square() / 2)
