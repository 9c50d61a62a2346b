"""Render masks: a label per pixel, through the same geometry as the images.

Labels are never blended: crop boxes and warps take the nearest pixel, and
operations that change only pixel values are left out.

Source: definition; see `render`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.engine import run
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._op_spec import LENS_CODES, WARP_CODES
from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.data import PackedImages

Labels = npt.NDArray[np.uint8]
_GEOMETRY = (*WARP_CODES, *LENS_CODES)


def render_masks(  # noqa: PLR0913
    masks: PackedImages,
    rows: npt.NDArray[np.int64],
    params: TransformParams,
    *,
    size: ImageSize,
    outside: int = 0,
    reflect: bool = False,
    hide_erased: bool = False,
) -> Labels:
    """Show some masks as `params` shows their images.

    Args:
        masks: Labels 0..255 in one channel, of the sizes of the images.
        rows: Indices of the masks, shape (n,).
        params: Transform parameters of each.
        size: Size of the output in pixels: a square's side, or (height, width).
        outside: Label of what lies outside, such as a loss's index to ignore.
        reflect: Mirror what the crop box shows outside, as the border `reflect` does.
        hide_erased: Give erased rectangles the label `outside`; by default they keep
            theirs, for they hide an object's pixels but not where it is.

    Returns:
        Labels of shape (n, height, width).

    Example:
        >>> from trainwell.augment import ops, render_masks
        >>> from trainwell.data import pack_images
        >>> masks = pack_images([np.array([[[1], [2]], [[3], [4]]], np.uint8)])
        >>> flipped = ops.crop_only(np.array([[1.0, 0.0, 0.0, 1.0]]))
        >>> render_masks(masks, np.arange(1), flipped, size=2).tolist()
        [[[2, 1], [4, 3]]]
    """
    checks.between("outside", outside, 0, 255)
    if masks.channels != 1:
        raise ValueError(f"`masks` must have one channel, got {masks.channels}.")
    canvas = height_and_width(size)
    seen = np.empty((len(rows), *canvas), np.uint8)
    for i, row in enumerate(rows):
        mask = masks.image(int(row))[..., 0]
        seen[i] = _nearest_window(
            mask, params.crop_boxes[i], canvas, outside, reflect=reflect
        )
    kept = (*_GEOMETRY, ERASE.code) if hide_erased else _GEOMETRY
    codes = np.where(np.isin(params.ops.op_codes, kept), params.ops.op_codes, NO_OP)
    values = params.ops.magnitudes.copy()
    values[codes == ERASE.code, 4:] = -1.0
    out = np.empty((len(rows), canvas[0] * canvas[1]), np.uint8)
    heights, widths = (np.full(len(rows), side, np.int32) for side in canvas)
    run(
        seen.reshape(-1),
        np.arange(len(rows)) * out.shape[1],
        heights,
        widths,
        np.tile([0.0, 0.0, 1.0, 1.0], (len(rows), 1)),
        codes.astype(np.int32),
        values,
        (False, True, False),
        canvas,
        np.array([outside], np.uint8),
        np.arange(256, dtype=np.uint8)[None],
        out,
    )
    return out.reshape(-1, *canvas)


def _nearest_window(
    mask: Labels,
    crop_box: npt.NDArray[np.float64],
    canvas: tuple[int, int],
    outside: int,
    *,
    reflect: bool,
) -> Labels:
    height, width = mask.shape
    rows, columns = canvas
    x, in_x = _nearest(crop_box[0], crop_box[2], width, columns, reflect=reflect)
    y, in_y = _nearest(crop_box[1], crop_box[3], height, rows, reflect=reflect)
    inside = in_y[:, None] & in_x
    return np.where(inside, mask[y[:, None], x], outside).astype(np.uint8)


def _nearest(
    low: float, high: float, length: int, size: int, *, reflect: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the pixel under the centre of each output pixel, and if there is one."""
    centre = (low + (high - low) * (np.arange(size) + 0.5) / size) * length
    inside = (centre >= 0) & (centre <= length)
    if reflect:
        period = max(2 * (length - 1), 1)
        centre = np.abs((centre - 0.5 + length - 1) % period - (length - 1)) + 0.5
        inside[:] = True
    return np.clip(np.floor(centre).astype(np.int64), 0, length - 1), inside
