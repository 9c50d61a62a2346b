"""Places: where the pixel values of an output pixel come from."""

import functools

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Canvas = tuple[int, int]
"""Rows and columns of the output."""


def warp(
    image: Pixels, warps: list[Floats], canvas: Canvas, fill: Pixels, *, nearest: bool
) -> Pixels:
    """Return the image seen through all warps, the first of them nearest to it.

    A pixel is outside if its centre leaves the image, or any canvas on the way.
    """
    height, width = image.shape[:2]
    rows, columns = canvas
    y, x = np.mgrid[:rows, :columns]
    outside = np.zeros(canvas, bool)
    for i in range(1, len(warps)):
        both = functools.reduce(np.matmul, warps[i:])[:2]
        for (a, b, c), length in zip(both, (columns, rows), strict=True):
            place = _fixed(c + 0.5 * a + (y + 0.5) * b) + x * _fixed(a)
            outside |= (place < 0) | (place >= length << 16)
    total = functools.reduce(np.matmul, warps)
    slopes = _fixed(total[:2, :2])
    starts = _fixed(total[:2, 2] + 0.5 * total[:2, :2].sum(1))
    u = starts[0] + x * slopes[0, 0] + y * slopes[0, 1]
    v = starts[1] + x * slopes[1, 0] + y * slopes[1, 1]
    outside |= (u < 0) | (u >= width << 16) | (v < 0) | (v >= height << 16)
    u, v = np.where(outside, 1 << 15, u), np.where(outside, 1 << 15, v)
    whole = not (slopes % 65536).any() and not ((starts - 32768) % 65536).any()
    if nearest or whole:
        seen = image[v >> 16, u >> 16]
    else:
        seen = _linear(image, u / 65536 - 0.5, v / 65536 - 0.5)
    return np.where(outside[..., None], fill, seen)


def lens(image: Pixels, value: Floats, fill: Pixels, *, nearest: bool) -> Pixels:
    """Return the image seen through a lens; see `ops.lens_distortion`."""
    rows, columns = image.shape[:2]
    k1, k2, mx, my = value[0], value[1], value[2] * columns, value[3] * rows
    y, x = np.mgrid[:rows, :columns] + 0.5
    r2 = 4 * ((x - mx) ** 2 + (y - my) ** 2) / max(rows, columns) ** 2
    grown = 1 + k1 * r2 + k2 * r2 * r2
    u, v = mx + (x - mx) * grown, my + (y - my) * grown
    outside = (u < 0) | (u >= columns) | (v < 0) | (v >= rows)
    u, v = np.where(outside, 0.5, u), np.where(outside, 0.5, v)
    if nearest:
        seen = image[v.astype(int), u.astype(int)]
    else:
        seen = _linear(image, u - 0.5, v - 0.5)
    return np.where(outside[..., None], fill, seen)


def resample(
    image: Pixels, crop_box: Floats, canvas: Canvas, fill: Pixels, *, reflect: bool
) -> Pixels:
    """Return a crop box through a triangle filter, widened where it reduces."""
    height, width = image.shape[:2]
    rows, columns = canvas
    across, in_x = _triangle(crop_box[0], crop_box[2], width, columns, reflect=reflect)
    down, in_y = _triangle(crop_box[1], crop_box[3], height, rows, reflect=reflect)
    mean = np.einsum("yv,xu,vuc->yxc", down, across, image, optimize=True)
    inside = (in_y[:, None] & in_x)[..., None]
    return np.where(inside, np.floor(mean + 0.5).astype(np.uint8), fill)


def _triangle(
    low: float, high: float, length: int, size: int, *, reflect: bool
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the weights of every source pixel for every output pixel."""
    centre = (low + (high - low) * (np.arange(size) + 0.5) / size) * length
    inside = (centre >= 0) & (centre <= length)
    if reflect:
        period = max(2 * (length - 1), 1)
        index = np.abs((centre - 0.5 + length - 1) % period - (length - 1))
        centre, inside = (index if length > 1 else 0 * index) + 0.5, inside | True
    support = max(abs(high - low) * length / size, 1.0)
    distance = np.abs(np.arange(length) + 0.5 - centre[:, None])
    weight = np.maximum(1 - distance / support, 0)
    total = weight.sum(1, keepdims=True)
    return weight / np.where(total > 0, total, 1), inside


def _linear(image: Pixels, u: Floats, v: Floats) -> Pixels:
    """Interpolate between four pixel centres; beyond the outermost take theirs."""
    height, width = image.shape[:2]
    left, top = np.floor(u).astype(int), np.floor(v).astype(int)
    x, y = (u - left)[..., None], (v - top)[..., None]
    columns = [np.clip(left + i, 0, width - 1) for i in (0, 1)]
    rows = [np.clip(top + i, 0, height - 1) for i in (0, 1)]
    upper = (1 - x) * image[rows[0], columns[0]] + x * image[rows[0], columns[1]]
    lower = (1 - x) * image[rows[1], columns[0]] + x * image[rows[1], columns[1]]
    pixel_values: Pixels = np.floor((1 - y) * upper + y * lower + 0.5).astype(np.uint8)
    return pixel_values


def _fixed(value: Floats | float) -> Places:
    """Round to 16 fractional bits, as Pillow's affine transform does."""
    return np.floor(np.asarray(value) * 65536 + 0.5).astype(np.int64)
