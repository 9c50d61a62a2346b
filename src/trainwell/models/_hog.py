"""Histograms of oriented gradients, and of colours: features made by hand.

    g = x[i+1] - x[i-1] down and across, of the channel where it is longest
    votes of length |g| for the two nearest of 9 directions in [0, 180) degrees, shared
    linearly; their mean over cells; 2x2 cells a block, each L2-normalised, cut at 0.2,
    normalised again

Use: under a linear classifier, as what was best before networks learned their features.
Side effects: none; fixed, and blind to everything but edges and colours.
Source: Dalal & Triggs, "Histograms of Oriented Gradients for Human Detection", 2005,
section 6, without the linear sharing between cells; Swain & Ballard, "Color Indexing",
1991, here one histogram per channel.
"""

import math

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

DIRECTIONS = 9
_CUT = 0.2
_FLAT = 1e-7  # of a gradient; keeps its own gradient finite
_EPS = 1e-2  # of a block's length, where images have unit variance


def hog(
    images: Float[Tensor, "batch channels height width"], *, cell: int
) -> Float[Tensor, "batch features"]:
    """Return the blocks' histograms, block by block, cell by cell.

    Args:
        images: At least two cells high and wide; what is over is cut off evenly.
        cell: Side of a cell in pixels.
    """
    down, across = _gradients(images)
    length = (down.square() + across.square() + _FLAT**2).sqrt()
    angle = torch.atan2(down, across + _FLAT) * (DIRECTIONS / math.pi)
    cells = [
        _cell_means(length * _share(angle - direction), cell)
        for direction in range(DIRECTIONS)
    ]
    grid = torch.stack(cells, 1)
    corners = (
        grid[:, :, :-1, :-1],
        grid[:, :, :-1, 1:],
        grid[:, :, 1:, :-1],
        grid[:, :, 1:, 1:],
    )
    blocks = torch.cat(corners, 1)
    blocks = _normalised(_normalised(blocks).clamp(max=_CUT))
    return blocks.permute(0, 2, 3, 1).flatten(1)


def colour_histogram(
    images: Float[Tensor, "batch channels height width"],
    low: Float[Tensor, " channels"],
    high: Float[Tensor, " channels"],
    *,
    bins: int,
) -> Float[Tensor, "batch features"]:
    """Return how the values of each channel spread over bins, as shares.

    Each value counts for the two nearest of `bins` points evenly from low to high.
    """
    low, high = low[:, None, None], high[:, None, None]
    place = ((images - low) / (high - low)).clamp(0, 1) * (bins - 1)
    shares = [F.relu(1 - (place - b).abs()).mean((2, 3)) for b in range(bins)]
    return torch.stack(shares, 2).flatten(1)


def _gradients(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return the longest channel's differences; none across the border."""
    down = F.pad(x[:, :, 2:] - x[:, :, :-2], (0, 0, 1, 1))
    across = F.pad(x[:, :, :, 2:] - x[:, :, :, :-2], (1, 1))
    longest = (down.square() + across.square()).argmax(1, keepdim=True)
    return down.gather(1, longest)[:, 0], across.gather(1, longest)[:, 0]


def _share(difference: Tensor) -> Tensor:
    """Return the vote for a direction this many bins away, around the half circle."""
    around = difference - DIRECTIONS * (difference / DIRECTIONS).round()
    return F.relu(1 - around.abs())


def _cell_means(votes: Tensor, cell: int) -> Tensor:
    height, width = votes.shape[1] % cell // 2, votes.shape[2] % cell // 2
    return F.avg_pool2d(votes[:, height:, width:], cell)


def _normalised(blocks: Tensor) -> Tensor:
    return blocks / (blocks.square().sum(1, keepdim=True) + _EPS**2).sqrt()
