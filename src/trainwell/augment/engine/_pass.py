"""The pass: run every sample's steps with as few reads and writes as they allow.

Adjacent warps become one, adjacent tones become one table, and the last table is that
of the normalisation. What cannot be merged without changing the result is not: a warp
behind a tone, a tone that reads the image behind a warp, and whatever needs neighbours
are computed on 8-bit levels, as a chain of single operations would.
"""

import numba
import numpy as np

from trainwell.augment.engine._colours import recolour
from trainwell.augment.engine._gather import JIT, gather
from trainwell.augment.engine._lens import gather_lens
from trainwell.augment.engine._neighbours import add_noise, blur, sharpen
from trainwell.augment.engine._tones import reads_image, tone, tone_of_image
from trainwell.augment.engine._window import resample
from trainwell.augment.ops import _codes

_BLUR = _codes.BLUR
_COLOR_MATRIX = _codes.COLOR_MATRIX
_ERASE = _codes.ERASE
_FIRST_TONE, _LAST_TONE = _codes.FIRST_TONE, _codes.LAST_TONE
_HUE = _codes.HUE
_LENS = _codes.LENS
_NOISE = _codes.NOISE
_NOTHING = _codes.NOTHING
_SATURATION = _codes.SATURATION
_SHARPNESS = _codes.SHARPNESS
_WARP = _codes.WARP
_U = np.uint64
_WHOLE = 1e-4  # pixels; a shift that close to a whole number is one
_EXACT = 1e-7
_MOST_WARPS = 8  # merged at a time


@numba.njit(**JIT)
def run(  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    buffer, offsets, heights, widths, windows, codes, values, how, fill, normal, out
):
    """Show sample i of every argument as out[i].

    Args:
        buffer: Levels of all images.
        offsets: Where each begins, (n,).
        heights: Rows of each.
        widths: Columns of each.
        windows: What is shown of each, (n, 4).
        codes: Its steps, (n, k).
        values: Their magnitudes, (n, k, 12).
        how: Whether borders reflect, whether warps take the nearest pixel, whether
            channels come first in `out`.
        fill: Level of what lies outside, per channel, uint8.
        normal: What each level becomes, (channels, 256), of the type of `out`.
        out: (n, size * size * channels).
    """
    channels, length = len(fill), out.shape[1]
    scratch = np.empty((2, length), np.uint8)
    table = np.empty((channels, 256), np.uint8)
    last = np.empty((channels, 256), normal.dtype)
    for i in range(len(out)):
        image = (offsets[i], heights[i], widths[i])
        toned, slot = run_sample(
            buffer, image, windows[i], codes[i], values[i], how, fill, scratch, table
        )
        if toned:
            for c in range(channels):
                for level in range(256):
                    last[c, level] = normal[c, table[c, level]]
        _look_up(scratch[slot], last if toned else normal, how[2], out[i])


@numba.njit(**JIT)
def run_sample(buffer, image, window, codes, values, how, fill, scratch, table):  # type: ignore[no-untyped-def]  # noqa: E501, C901, PLR0912, PLR0913, PLR0915, PLR0917
    """Leave the levels in one of two slots, and what to look them up in, in `table`.

    Returns:
        Whether the table is more than the identity, and the slot.
    """
    offset, height, width = image
    reflect, nearest, _ = how
    channels, length = len(fill), scratch.shape[1]
    count = length // channels
    size = int(np.sqrt(count) + 0.5)
    matrix, clips = np.empty(6), np.empty((_MOST_WARPS, 6))
    num_clips, slot, toned = 0, -1, False
    pending = _begin(matrix, height, width, size, window, codes, how)
    if not pending:
        resample(buffer, offset, height, width, window, reflect, fill, scratch[0])
        slot = 0
    _reset(table)
    for j in range(len(codes)):
        code, value = codes[j], values[j]
        if code == _NOTHING:
            continue
        tones = _FIRST_TONE <= code <= _LAST_TONE
        full = num_clips == _MOST_WARPS
        if (
            pending
            and (code != _WARP or toned or full)
            and not (tones and not reads_image(code))
        ):
            goal = 1 if slot == 0 else 0
            if slot < 0:
                gather(
                    buffer, offset, height, width, matrix, clips, num_clips, nearest,
                    fill, scratch[goal],
                )  # fmt: skip
            else:
                gather(
                    scratch[slot], 0, size, size, matrix, clips, num_clips, nearest,
                    fill, scratch[goal],
                )  # fmt: skip
            slot, pending, num_clips = goal, False, 0
        if toned and not tones:
            _apply(table, scratch[slot])
            _reset(table)
            toned = False
        if code == _WARP:
            if pending:
                num_clips = _compose(matrix, clips, num_clips, value, size)
            else:
                for k in range(6):
                    matrix[k] = value[k] * (size if k % 3 == 2 else 1)
                pending = True
        elif tones:
            if reads_image(code):
                tone_of_image(code, value, scratch[slot], count, table)
            else:
                tone(code, value, table)
            toned = True
        elif code == _SATURATION or code == _HUE or code == _COLOR_MATRIX:
            if channels == 3:
                recolour(code, value, scratch[slot], count)
        elif code == _NOISE:
            add_noise(value, scratch[slot], count, channels)
        elif code == _ERASE:
            _erase(value, scratch[slot], size, fill)
        else:
            goal = 1 - slot
            if code == _LENS:
                gather_lens(value, scratch[slot], size, nearest, fill, scratch[goal])
            elif code == _BLUR:
                radius = int(value[1])
                blur(value[0], radius, scratch[slot], size, channels, scratch[goal])
            else:
                sharpen(value[0], scratch[slot], size, channels, scratch[goal])
            slot = goal
    if pending:
        goal = 1 if slot == 0 else 0
        if slot < 0:
            gather(
                buffer, offset, height, width, matrix, clips, num_clips, nearest, fill,
                scratch[goal],
            )  # fmt: skip
        else:
            gather(
                scratch[slot], 0, size, size, matrix, clips, num_clips, nearest, fill,
                scratch[goal],
            )  # fmt: skip
        slot = goal
    return toned, slot


@numba.njit(**JIT)
def whole_pixels(scale, offset):  # type: ignore[no-untyped-def]
    """Tell whether an axis is shown pixel by pixel, perhaps mirrored."""
    if abs(abs(scale) - 1.0) > _EXACT:
        return False
    return abs(offset - np.rint(offset)) < _WHOLE


@numba.njit(**JIT)
def _begin(matrix, height, width, size, window, codes, how):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Write the window as a warp; tell whether it can be merged with what follows.

    It can if it moves whole pixels, or if it does not reduce, and linear warps follow.
    """
    x0, y0, x1, y1 = window[0], window[1], window[2], window[3]
    sx, sy = (x1 - x0) * width / size, (y1 - y0) * height / size
    matrix[:] = 0.0
    matrix[0], matrix[2], matrix[4], matrix[5] = sx, x0 * width, sy, y0 * height
    within = min(x0, x1, y0, y1) >= 0 and max(x0, x1, y0, y1) <= 1
    if how[0] and not within:
        return False
    if whole_pixels(sx, matrix[2]) and whole_pixels(sy, matrix[5]):
        for k in range(6):
            matrix[k] = np.rint(matrix[k])
        return True
    first = _NOTHING
    for code in codes:
        if code != _NOTHING:
            first = code
            break
    return first == _WARP and not how[1] and abs(sx) <= 1 and abs(sy) <= 1


@numba.njit(**JIT)
def _compose(matrix, clips, num_clips, value, size):  # type: ignore[no-untyped-def]
    """Put a warp in front of the pending one and of its clips; add its own clip."""
    a, b, c = value[0], value[1], value[2] * size
    d, e, f = value[3], value[4], value[5] * size
    for k in range(num_clips + 1):
        m = clips[k] if k < num_clips else matrix
        for r in (0, 3):
            x, y, z = m[r], m[r + 1], m[r + 2]
            m[r] = x * a + y * d
            m[r + 1] = x * b + y * e
            m[r + 2] = x * c + y * f + z
    own = clips[num_clips]
    own[0], own[1], own[2], own[3], own[4], own[5] = a, b, c, d, e, f
    return num_clips + 1


@numba.njit(**JIT)
def _reset(table):  # type: ignore[no-untyped-def]
    for c in range(len(table)):
        for level in range(256):
            table[c, level] = level


@numba.njit(**JIT)
def _apply(table, image):  # type: ignore[no-untyped-def]
    channels = len(table)
    if channels == 3:
        red, green, blue = table[0], table[1], table[2]
        for i in range(len(image) // 3):
            p = _U(i) * _U(3)
            image[p] = red[image[p]]
            image[p + _U(1)] = green[image[p + _U(1)]]
            image[p + _U(2)] = blue[image[p + _U(2)]]
        return
    for c in range(channels):
        for i in range(len(image) // channels):
            p = _U(i * channels + c)
            image[p] = table[c, image[p]]


@numba.njit(**JIT)
def _erase(value, image, size, fill):  # type: ignore[no-untyped-def]
    channels = len(fill)
    x0 = max(0, int(np.rint(value[0] * size)))
    y0 = max(0, int(np.rint(value[1] * size)))
    x1 = min(size, int(np.rint(value[2] * size)))
    y1 = min(size, int(np.rint(value[3] * size)))
    for c in range(channels):
        level = value[min(4 + c, len(value) - 1)]
        filling = fill[c] if level < 0 else np.uint8(level)
        for y in range(y0, y1):
            p = _U((y * size + x0) * channels + c)
            for i in range(x1 - x0):
                image[p + _U(i) * _U(channels)] = filling


@numba.njit(**JIT)
def _look_up(image, table, first, out):  # type: ignore[no-untyped-def]
    """Write table[c, level] for each level; channels first or last."""
    channels = len(table)
    count = len(image) // channels
    if first or channels != 3:
        for c in range(channels):
            row, start = table[c], _U(c * count if first else c)
            step = _U(1 if first else channels)
            for i in range(count):
                level = image[_U(i) * _U(channels) + _U(c)]
                out[start + _U(i) * step] = row[level]
        return
    red, green, blue = table[0], table[1], table[2]
    for i in range(count):
        p = _U(i) * _U(3)
        out[p] = red[image[p]]
        out[p + _U(1)] = green[image[p + _U(1)]]
        out[p + _U(2)] = blue[image[p + _U(2)]]
