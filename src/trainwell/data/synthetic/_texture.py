"""Texture: smooth random patches of a few colours, as a background.

Noise on coarse grids, enlarged and summed, mixes two colours.

Source: value noise; Perlin, "An Image Synthesizer", 1985, for the sum of octaves.
"""

import numpy as np
import numpy.typing as npt

from trainwell.data.synthetic._types import KeyedRandom

Floats = npt.NDArray[np.float64]
_OCTAVES = ((3, 0.5), (6, 0.3), (13, 0.2))  # cells across, weight
_GRAIN = 0.03


def texture(random: KeyedRandom, size: int, channels: int) -> tuple[Floats, Floats]:
    """Return pixel values in [0, 1], (size, size, channels), and their two colours."""
    colours = random.uniform("colours of the texture", 2, channels)
    colours[1] = 0.5 * colours.sum(0)  # at most half of all pixel values apart
    mix = np.zeros((size, size))
    for cells, weight in _OCTAVES:
        grid = random.uniform(f"texture of {cells}", cells + 1, cells + 1)
        mix += weight * _enlarged(grid, size)
    mix = np.clip(2.5 * mix - 0.75, 0, 1)[..., None]
    grain = random.uniform("grain", size, size, channels) - 0.5
    levels = colours[0] + mix * (colours[1] - colours[0]) + 2 * _GRAIN * grain
    return np.clip(levels, 0, 1), colours


def contrasting(random: KeyedRandom, colours: Floats) -> Floats:
    """Return the one of eight random colours that is farthest from all of `colours`."""
    options = random.uniform("contrasting colour", 8, colours.shape[1])
    gaps = np.abs(options[:, None] - colours).sum(2).min(1)
    chosen: Floats = options[gaps.argmax()]
    return chosen


def _enlarged(grid: Floats, size: int) -> Floats:
    """Interpolate a grid of cells + 1 knots with smooth steps."""
    place = (np.arange(size) + 0.5) / size * (len(grid) - 1)
    low = place.astype(np.int64)
    t = place - low
    t = t * t * (3 - 2 * t)
    rows = grid[low] * (1 - t)[:, None] + grid[low + 1] * t[:, None]
    enlarged: Floats = rows[:, low] * (1 - t) + rows[:, low + 1] * t
    return enlarged
