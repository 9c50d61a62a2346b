"""The pass: run every sample's operations with as few reads and writes as they allow.

Adjacent warps become one, adjacent tones become one table, and the last table is that
of the normalisation. What cannot be merged without changing the result is not: a warp
after a tone, a tone that reads the image after a warp, and what needs neighbours
are computed on 8-bit pixel values, as a chain of single operations would.
"""

import numpy as np

from trainwell.augment.engine._colours import recolour
from trainwell.augment.engine._crop import resample
from trainwell.augment.engine._gather import gather
from trainwell.augment.engine._in_place import change_in_place
from trainwell.augment.engine._jit import kernel
from trainwell.augment.engine._lens import gather_lens
from trainwell.augment.engine._merge import begin, compose, in_pixels
from trainwell.augment.engine._neighbours import filter_neighbours
from trainwell.augment.engine._tables import apply, look_up, reset
from trainwell.augment.engine._tones import tone, tone_of_image
from trainwell.augment.ops._op_sequence import NO_OP
from trainwell.augment.ops._op_spec import (
    COLOR_CODES,
    IMAGE_TONE_CODES,
    IN_PLACE_CODES,
    LENS_CODES,
    NEIGHBOR_CODES,
    POINT_TONE_CODES,
)
from trainwell.augment.ops._warp import WARP

_NO_OP, _WARP = NO_OP, WARP.code
_FIRST_TONE, _TONES_END = POINT_TONE_CODES.start, IMAGE_TONE_CODES.stop
_READING = IMAGE_TONE_CODES.start
_LENS, _LENS_END = LENS_CODES.start, LENS_CODES.stop
_COLOR, _COLOR_END = COLOR_CODES.start, COLOR_CODES.stop
_NEIGHBOR, _NEIGHBOR_END = NEIGHBOR_CODES.start, NEIGHBOR_CODES.stop
_IN_PLACE, _IN_PLACE_END = IN_PLACE_CODES.start, IN_PLACE_CODES.stop
_MAX_WARPS = 8  # merged at a time


@kernel
def run(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    buffer,
    offsets,
    heights,
    widths,
    crop_boxes,
    codes,
    values,
    options,
    canvas,
    fill,
    normal,
    out,
):
    """Show sample i of every argument as out[i].

    Args:
        buffer: Levels of all images.
        offsets: Offset of each image in the buffer, (n,).
        heights: Rows of each.
        widths: Columns of each.
        crop_boxes: Crop box of each, (n, 4).
        codes: Op codes of each, (n, k).
        values: Their magnitudes, (n, k, 12).
        options: Whether borders reflect, whether warps take the nearest pixel, whether
            channels come first in `out`.
        canvas: Rows and columns of the output.
        fill: Level of what lies outside, per channel, uint8.
        normal: Final value of each pixel value, (channels, 256), of the type of `out`.
        out: (n, rows * columns * channels).
    """
    channels, length = len(fill), out.shape[1]
    scratch = np.empty((2, length), buffer.dtype)
    table = np.empty((channels, 256), np.uint8)
    last = np.empty((channels, 256), normal.dtype)
    for i in range(len(out)):
        image = (offsets[i], heights[i], widths[i])
        toned, slot = run_sample(
            buffer,
            image,
            crop_boxes[i],
            codes[i],
            values[i],
            options,
            canvas,
            fill,
            scratch,
            table,
        )
        if toned:
            for c in range(channels):
                for level in range(256):
                    last[c, level] = normal[c, table[c, level]]
        look_up(scratch[slot], last if toned else normal, options[2], out[i])


@kernel
def run_sample(  # type: ignore[no-untyped-def]  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917
    buffer, image, crop_box, codes, values, options, canvas, fill, scratch, table
):
    """Leave pixel values in one of two slots, and their lookup table in `table`.

    Returns:
        Whether the table is more than the identity, and the slot.
    """
    _, height, width = image
    reflect, nearest, _ = options
    channels, count = len(fill), canvas[0] * canvas[1]
    matrix, clips = np.empty(6), np.empty((_MAX_WARPS, 6))
    num_clips, slot, toned = 0, -1, False
    pending = begin(matrix, height, width, canvas, crop_box, codes, options)
    if not pending:
        resample(buffer, image, crop_box, canvas, reflect, fill, scratch[0])
        slot = 0
    reset(table)
    for j in range(len(codes)):
        code, value = codes[j], values[j]
        if code == _NO_OP:
            continue
        tones = _FIRST_TONE <= code < _TONES_END
        reads = tones and code >= _READING
        full = num_clips == _MAX_WARPS
        if pending and (code != _WARP or toned or full) and not (tones and not reads):
            on_way = clips[:num_clips]
            slot = _warp(
                buffer, image, matrix, on_way, canvas, nearest, fill, scratch, slot
            )
            pending, num_clips = False, 0
        if toned and not tones:
            apply(table, scratch[slot])
            reset(table)
            toned = False
        if code == _WARP:
            if pending:
                num_clips = compose(matrix, clips, num_clips, value, canvas)
            else:
                in_pixels(value, canvas, matrix)
                pending = True
        elif tones:
            if reads:
                tone_of_image(code, value, scratch[slot], count, table)
            else:
                tone(code, value, table)
            toned = True
        elif _COLOR <= code < _COLOR_END:
            if channels == 3:
                recolour(code, value, scratch[slot], count)
        elif _IN_PLACE <= code < _IN_PLACE_END:
            change_in_place(code, value, scratch[slot], canvas, fill)
        else:
            goal = 1 - slot
            now, out = scratch[slot], scratch[goal]
            if _LENS <= code < _LENS_END:
                gather_lens(value, now, canvas, nearest, fill, out)
            else:
                filter_neighbours(code, value, now, canvas, channels, out)
            slot = goal
    if pending:
        on_way = clips[:num_clips]
        slot = _warp(
            buffer, image, matrix, on_way, canvas, nearest, fill, scratch, slot
        )
    return toned, slot


@kernel
def _warp(buffer, image, matrix, clips, canvas, nearest, fill, scratch, slot):  # type: ignore[no-untyped-def]  # noqa: E501, PLR0913, PLR0917
    """Warp the image, or what became of it; return the slot that holds the result."""
    goal = 1 if slot == 0 else 0
    out = scratch[goal]
    if slot < 0:
        gather(buffer, image, matrix, clips, canvas, nearest, fill, out)
    else:
        whole = (0, canvas[0], canvas[1])
        gather(scratch[slot], whole, matrix, clips, canvas, nearest, fill, out)
    return goal
