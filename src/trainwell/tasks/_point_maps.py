"""Points as a loss of heat maps takes them: maps, and the maps of their targets.

A network that is trained on maps returns them while it trains, and points otherwise;
these are drawn as the maps that they stand for.
"""

from math import log
from typing import Any

from torch import Tensor

from trainwell.layers.heatmaps import heatmap_targets

ON_POINTS = ("l1", "smooth_l1", "l2", "wing")
"""The losses of points, the default first."""
HEADS = {"soft_argmax": ON_POINTS, "heatmap": ("adaptive_wing", "l2")}
"""The heads of heat maps, and the losses that fit each."""
_CELLS = 24  # a side, of points that are drawn
_COORDINATES = 2  # of a point


def map_inputs(
    said: Tensor, targets: Tensor, size: tuple[int, int]
) -> tuple[Tensor, Tensor, dict[str, Any]]:
    """Return maps, their targets, and which points are visible.

    Args:
        said: Points in fractions of the image, (batch, 2 points), or the cells of their
            maps, (batch, points height width).
        targets: The right points, in fractions, NaN where not visible.
        size: Height and width of the image, of which the maps have the proportions.

    Example:
        >>> import torch
        >>> points = torch.full((1, 3, 2), 0.5)
        >>> maps, wanted, more = map_inputs(torch.zeros(1, 3 * 6), points, (64, 96))
        >>> maps.shape, wanted.shape, more["visible"].tolist()
        (torch.Size([1, 3, 2, 3]), torch.Size([1, 3, 2, 3]), [[True, True, True]])
    """
    num_points = targets.shape[1]
    cells = said.shape[1] // num_points
    if cells > _COORDINATES:
        maps = said.unflatten(1, (num_points, *grid_of(cells, size)))
    else:
        maps = heatmap_targets(said.reshape(targets.shape), _CELLS)
    visible = ~targets[..., 0].isnan()
    wanted = heatmap_targets(targets, (maps.shape[2], maps.shape[3]), visible=visible)
    return maps, wanted.to(maps.dtype), {"visible": visible}


def grid_of(cells: int, size: tuple[int, int]) -> tuple[int, int]:
    """Return the rows and columns of so many cells that are closest to proportions.

    Example:
        >>> grid_of(384, (64, 96)), grid_of(35, (20, 30))
        ((16, 24), (5, 7))
    """
    wanted = log(size[0] / size[1])
    pairs = [(n, cells // n) for n in range(1, cells + 1) if cells % n == 0]
    return min(pairs, key=lambda pair: abs(log(pair[0] / pair[1]) - wanted))
