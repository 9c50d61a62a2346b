"""Render: transformed images as one batch, in one pass over the pixels.

Source: the engine of trainwell's design; see `augment.engine`.
"""

import functools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell.augment._tables import (
    BORDERS,
    INTERPOLATIONS,
    border_values,
    normalization_table,
)
from trainwell.augment.engine import run
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._op_spec import LENS_CODES, WARP_CODES
from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import PackedImages, Pixels
from trainwell.preprocess import Standardize


def render(  # noqa: PLR0913
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    params: TransformParams,
    *,
    size: ImageSize,
    standardize: Standardize,
    border: str = "mean",
    interpolation: str = "nearest",
    channels_first: bool = False,
    threads: int = 1,
    out: npt.NDArray[np.float32] | None = None,
) -> npt.NDArray[np.float32]:
    """Return transformed and normalised images.

    Args:
        images: The pixels.
        rows: Indices of the images, shape (n,).
        params: Transform parameters of each.
        size: Size of the output in pixels: a square's side, or (height, width).
        standardize: Statistics of the training split.
        border: Pixels outside an image: the `mean` colour, its reflection (of the
            crop box; warps leave the mean colour), or `black`.
        interpolation: `nearest`, as the published policies, or `linear`.
        channels_first: Return (n, channels, height, width).
        threads: Number of samples that are rendered at a time; no effect on the result.
        out: Array to write to, in the shape of the result; None makes a new one.

    Returns:
        Array of shape (n, height, width, channels), which PyTorch reads as a
        channels_last batch after `permute(0, 3, 1, 2)`.

    Example:
        >>> from trainwell.augment import render, ops
        >>> from trainwell.data import pack_images
        >>> from trainwell.preprocess import Standardize
        >>> pack = pack_images([np.full((4, 4, 1), 255, np.uint8)])
        >>> whole = ops.crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))
        >>> std = Standardize((0.5,), (0.25,))
        >>> batch = render(pack, np.arange(1), whole, size=2, standardize=std)
        >>> batch.flatten().tolist()
        [2.0, 2.0, 2.0, 2.0]
    """
    table = normalization_table(standardize, _bits(images))
    options = (border, interpolation, channels_first, threads)
    return _render(images, rows, params, size, standardize, options, table, out)


def render_uint8(  # noqa: PLR0913
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    params: TransformParams,
    *,
    size: ImageSize,
    standardize: Standardize,
    border: str = "mean",
    interpolation: str = "nearest",
    threads: int = 1,
) -> Pixels:
    """Return the 8-bit pixel values that `render` normalises: what an export is fed.

    Those of 16-bit images are uint16.

    Example:
        >>> from trainwell.augment import render_uint8, ops
        >>> from trainwell.data import pack_images
        >>> from trainwell.preprocess import Standardize
        >>> pack = pack_images([np.full((4, 4, 1), 255, np.uint8)])
        >>> whole = ops.crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))
        >>> std = Standardize((0.5,), (0.25,))
        >>> batch = render_uint8(pack, np.arange(1), whole, size=2, standardize=std)
        >>> batch.flatten().tolist()
        [255, 255, 255, 255]
    """
    levels = np.arange(1 << _bits(images), dtype=images.buffer.dtype)
    table = np.tile(levels, (images.channels, 1))
    options = (border, interpolation, False, threads)
    return _render(images, rows, params, size, standardize, options, table)


def render_bfloat16(  # noqa: PLR0913
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    params: TransformParams,
    *,
    size: ImageSize,
    standardize: Standardize,
    border: str = "mean",
    interpolation: str = "nearest",
    threads: int = 1,
) -> Tensor:
    """Return what `render` returns rounded to bfloat16, half the bytes to write."""
    normal = normalization_table(standardize, _bits(images))
    table = torch.from_numpy(normal).bfloat16()
    halves = table.view(torch.uint16).numpy()  # NumPy has no bfloat16
    options = (border, interpolation, False, threads)
    rendered = _render(images, rows, params, size, standardize, options, halves)
    return torch.from_numpy(rendered).view(torch.bfloat16)


def _render(  # noqa: PLR0913, PLR0917
    images: PackedImages,
    rows: npt.NDArray[np.int64],
    params: TransformParams,
    size: ImageSize,
    standardize: Standardize,
    options: tuple[str, str, bool, int],
    table: npt.NDArray[Any],
    target: npt.NDArray[Any] | None = None,
) -> npt.NDArray[Any]:
    border, interpolation, first, threads = options
    checks.one_of("border", border, BORDERS)
    checks.one_of("interpolation", interpolation, INTERPOLATIONS)
    fill = border_values(standardize, border, _bits(images))
    if _bits(images) > 8:
        _refuse_tones(params)
    channels, canvas = images.channels, height_and_width(size)
    shape = (channels, *canvas) if first else (*canvas, channels)
    whole = np.empty((len(rows), *shape), table.dtype) if target is None else target
    out = whole.reshape(len(rows), canvas[0] * canvas[1] * channels)
    offsets, heights, widths = (
        a[rows] for a in (images.offsets, images.heights, images.widths)
    )
    flags = (border == "reflect", interpolation == "nearest", first)

    def part(s: slice) -> None:
        run(
            images.buffer,
            offsets[s],
            heights[s],
            widths[s],
            params.crop_boxes[s],
            params.ops.op_codes[s],
            params.ops.magnitudes[s],
            flags,
            canvas,
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
    return whole


def _bits(images: PackedImages) -> int:
    return int(8 * images.buffer.itemsize)


def _refuse_tones(params: TransformParams) -> None:
    """Raise DataError for operations whose tables have 256 pixel values."""
    kept = [NO_OP, *WARP_CODES, *LENS_CODES, ERASE.code]
    if not np.isin(params.ops.op_codes, kept).all():
        raise DataError(
            "16-bit images are cropped, warped and erased only; other operations are "
            "for 8 bits."
        )


@functools.cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="render")
