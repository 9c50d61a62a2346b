"""Gaussian peaks: the centre of the bump of a heat map, finer than its cells.

    x = j + 1/2 + (a+ - a-) / (2 (2 a0 - a+ - a-)),    a = ln h

at the highest cell j and its neighbours, on every axis: where the parabola through the
logarithms has its top. Of a Gaussian this is its centre.

Use: for maps that are heights, such as those that learn from `heatmap_targets`; maps
that are logits of places have `soft_argmax`.
Side effects: no gradient; only the highest cell and its neighbours count. A top beyond
the border is answered with the border.
Source: Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose
Estimation", 2020, section 3.1, https://arxiv.org/abs/1910.06278; here every axis for
itself, and the maps are not smoothed before.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32


def gaussian_peaks(
    maps: Float[Tensor, "batch points height width"], *, floor: float = 1e-4
) -> Float[Tensor, "batch points 2"]:
    """Return the place of the highest bump of every map.

    Args:
        maps: Heights, shape (batch, points, height, width); any floating dtype,
            computed in float32 or higher.
        floor: Height to which lower ones are raised before the logarithm.

    Returns:
        (x, y) in fractions of the width and the height, the centre of the first cell at
        half a cell, shape (batch, points, 2).

    Raises:
        ValueError: If `floor` is not positive.

    Example:
        >>> from trainwell.layers.heatmaps import heatmap_targets
        >>> points = torch.tensor([[[0.53, 0.42]]])
        >>> gaussian_peaks(heatmap_targets(points, 16))
        tensor([[[0.5300, 0.4200]]])
    """
    checks.positive("floor", floor)
    height, width = maps.shape[2:]
    heights = at_least_float32(maps).clamp(min=floor).log()
    best = heights.flatten(2).argmax(2, keepdim=True)
    row, column = best.div(width, rounding_mode="floor"), best % width
    padded = F.pad(heights, (1, 1, 1, 1), mode="replicate").flatten(2)
    step = width + 2
    middle = (row + 1) * step + column + 1

    def top(centre: Tensor, stride: int, cells: int) -> Tensor:
        low, high = (padded.gather(2, middle + s) for s in (-stride, stride))
        bend = 2 * padded.gather(2, middle) - low - high
        offset = (high - low) / (2 * bend.clamp(min=1e-12))
        return (centre + 0.5 + offset.clamp(-0.5, 0.5)) / cells

    return torch.cat([top(column, 1, width), top(row, step, height)], 2)


class GaussianPeaks(nn.Module):
    """Module form of `gaussian_peaks`, with the same arguments.

    Example:
        >>> GaussianPeaks()(torch.zeros(1, 3, 4, 4)).shape
        torch.Size([1, 3, 2])
    """

    def __init__(self, floor: float = 1e-4) -> None:
        super().__init__()
        checks.positive("floor", floor)
        self.floor = floor

    def forward(self, maps: Tensor) -> Tensor:
        """Return the place of the highest bump of every map."""
        return gaussian_peaks(maps, floor=self.floor)

    def extra_repr(self) -> str:
        """Show the floor."""
        return f"floor={self.floor}"
