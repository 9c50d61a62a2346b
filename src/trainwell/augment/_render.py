"""Render: windows of packed images as one normalised batch, in one pass.

Source: the engine of trainwell's design; the filter is Pillow's antialiased BILINEAR.
"""

import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from trainwell.augment._kernel import render_samples
from trainwell.core import checks
from trainwell.data import PackedImages
from trainwell.preprocess import Standardize

BORDERS = ("mean", "reflect")


def normalisation_table(standardize: Standardize) -> npt.NDArray[np.float32]:
    """Return, per channel, what each of the 256 levels becomes: shape (channels, 256).

    y = (x / 255 - mean) / std, computed in float64 and rounded once.
    """
    levels = np.arange(256) / 255
    mean = np.array(standardize.mean)[:, None]
    std = np.array(standardize.std)[:, None]
    table: npt.NDArray[np.float32] = ((levels - mean) / std).astype(np.float32)
    return table


def render(
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    windows: npt.NDArray[np.float64],
    *,
    size: int,
    standardize: Standardize,
    border: str = "mean",
    threads: int = 1,
) -> npt.NDArray[np.float32]:
    """Resample the windows of some images and normalise them.

    Args:
        images: The pixels.
        rows: Which images, shape (n,).
        windows: What to show of each, shape (n, 4); see `augment.ops`.
        size: Height and width of the output in pixels.
        standardize: Statistics of the training split.
        border: What lies outside an image: the `mean` colour, or its reflection.
        threads: How many samples are rendered at a time; no effect on the result.

    Returns:
        Array of shape (n, size, size, channels), which PyTorch reads as a
        channels_last batch after `permute(0, 3, 1, 2)`.
    """
    table = normalisation_table(standardize)
    fill = np.rint(np.array(standardize.mean) * 255)
    return _render(images, rows, windows, (size, border, threads), (table, fill))


def render_uint8(
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    windows: npt.NDArray[np.float64],
    *,
    size: int,
    standardize: Standardize,
    border: str = "mean",
    threads: int = 1,
) -> npt.NDArray[np.uint8]:
    """Return the 8-bit images that `render` normalises: what an export is fed."""
    table = np.tile(np.arange(256, dtype=np.float32), (images.channels, 1))
    fill = np.rint(np.array(standardize.mean) * 255)
    levels = _render(images, rows, windows, (size, border, threads), (table, fill))
    return levels.astype(np.uint8)


def _render(
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    windows: npt.NDArray[np.float64],
    how: tuple[int, str, int],
    levels: tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]],
) -> npt.NDArray[np.float32]:
    size, border, threads = how
    table, fill = levels
    checks.one_of("border", border, BORDERS)
    out = np.empty((len(rows), size, size, images.channels), np.float32)
    offsets, heights, widths = (
        a[rows] for a in (images.offsets, images.heights, images.widths)
    )

    def part(s: slice) -> None:
        render_samples(
            images.buffer,
            offsets[s],
            heights[s],
            widths[s],
            windows[s],
            border == "reflect",
            fill,
            table,
            out[s],
        )

    step = -(-len(rows) // max(threads, 1)) or 1
    parts = [slice(i, i + step) for i in range(0, len(rows), step)]
    if len(parts) > 1:
        list(_pool(threads).map(part, parts))
    else:
        for s in parts:
            part(s)
    return out


@functools.cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="render")
