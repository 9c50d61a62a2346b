"""Pixels: what changes pixel values but not where they are."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import _op_codes

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1, _M2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def change(image: Pixels, code: int, value: Floats, fill: Pixels) -> Pixels:
    """Return the image with one operation applied; see the operations' own pages."""
    channels = image.shape[2]
    if (
        code in (_op_codes.SATURATION, _op_codes.HUE, _op_codes.COLOR_MATRIX)
        and channels != 3
    ):
        return image
    x = image.astype(int)
    if code == _op_codes.SCALE:
        return _blend(0 * x, x, value[0])
    if code == _op_codes.CONTRAST:
        grey = _luma(x) if channels == 3 else x
        return _blend(np.full_like(x, int(grey.mean() + 0.5)), x, value[0])
    if code == _op_codes.AUTOCONTRAST:
        return _per_channel(x, _stretched)
    if code == _op_codes.EQUALIZE:
        return _per_channel(x, _equalized)
    if code == _op_codes.INVERT:
        return _cut(255 - x)
    if code == _op_codes.POSTERIZE:
        return _cut(x - x % 2 ** (8 - int(value[0])))
    if code == _op_codes.SOLARIZE:
        return _cut(np.where(x < value[0], x, 255 - x))
    if code == _op_codes.SOLARIZE_ADD:
        return np.where(x < value[1], _cut(x + value[0]), image)
    if code == _op_codes.GAMMA:
        return _cut(255 * (x / 255) ** value[0] + 0.5)
    if code == _op_codes.SCALE_AND_SHIFT:
        return _cut(value[0] * x + _of_channels(value[1:], channels) + 0.5)
    if code == _op_codes.SATURATION:
        return _blend(np.repeat(_luma(x)[..., None], 3, axis=2), x, value[0])
    if code == _op_codes.HUE:
        return _turned(x / 1.0, value[0])
    if code == _op_codes.COLOR_MATRIX:
        m = value.reshape(3, 4)
        return _cut(x @ m[:, :3].T + 255 * m[:, 3] + 0.5)
    if code == _op_codes.SHARPNESS:
        return _sharpened(x, value[0])
    if code == _op_codes.BLUR:
        return _blurred(x / 1.0, value[0], int(value[1]))
    if code == _op_codes.NOISE:
        return _noisy(x / 1.0, value)
    return _erased(image, value, fill)


def _cut(x: npt.NDArray[np.generic]) -> Pixels:
    """Cut to 8 bits towards zero."""
    return np.clip(x.astype(np.float64), 0, 255).astype(np.uint8)


def _blend(low: Ints, x: Ints, factor: float) -> Pixels:
    """Return low + factor (x - low) in float32, as Pillow's Image.blend computes it."""
    difference = np.float32(factor) * (x - low).astype(np.float32)
    return _cut(low.astype(np.float32) + difference)


def _luma(x: Ints) -> Ints:
    weighted: Ints = x @ np.array([19595, 38470, 7471])
    return (weighted + 32768) >> 16


def _per_channel(
    x: Ints,
    change_one: Callable[[Ints], npt.NDArray[np.generic]],
) -> Pixels:
    return np.stack([_cut(change_one(x[..., c])) for c in range(x.shape[2])], axis=2)


def _stretched(x: Ints) -> Floats:
    low, high = x.min(), x.max()
    if low == high:
        return x / 1.0
    scale = 255.0 / (high - low)
    stretched: Floats = x * scale + -low * scale
    return stretched


def _equalized(x: Ints) -> Ints:
    counts = np.bincount(x.ravel(), minlength=256)
    step = (x.size - counts[x.max()]) // 255
    if step == 0:
        return x
    darker = np.cumsum(counts) - counts
    equal: Ints = ((darker + step // 2) // step)[x]
    return equal


def _of_channels(value: Floats, channels: int) -> Floats:
    """Return one value per channel; the last serves all further ones."""
    return value[np.minimum(np.arange(channels), len(value) - 1)]


def _turned(x: Floats, turns: float) -> Pixels:
    r, g, b = np.moveaxis(x, 2, 0)
    high = x.max(2)
    chroma = high - x.min(2)
    safe = np.where(chroma > 0, chroma, 1)
    by = [high == r, high == g]
    sixth = np.select(by, [(g - b) / safe, 2 + (b - r) / safe], 4 + (r - g) / safe)
    sixth = (sixth + 6 * turns) % 6
    pixel_values = []
    for shift in (5, 3, 1):
        k = (shift + sixth) % 6
        part = np.maximum(0, np.minimum(np.minimum(k, 4 - k), 1))
        pixel_values.append(high - chroma * part)
    return _cut(np.stack(pixel_values, axis=2) + 0.5)


def _sharpened(x: Ints, factor: float) -> Pixels:
    smooth = x.copy()
    size = len(x)
    if size > 2:
        shifts = [(i, j) for i in range(3) for j in range(3)]
        total = sum(x[i : size - 2 + i, j : size - 2 + j] for i, j in shifts)
        total = total + 4 * x[1:-1, 1:-1]
        smooth[1:-1, 1:-1] = np.floor(total / 13 + 0.5)
    return _blend(smooth, x, factor)


def _blurred(x: Floats, sigma: float, radius: int) -> Pixels:
    distance = np.arange(-radius, radius + 1)
    weight = (
        np.exp(-0.5 * (distance / sigma) ** 2) if sigma > 0 else 1.0 * (distance == 0)
    )
    weight = weight / weight.sum()
    for axis in (0, 1):
        padding = [(radius, radius) if axis == a else (0, 0) for a in range(3)]
        padded = np.pad(x, padding, mode="reflect" if len(x) > 1 else "edge")
        rows = [np.arange(k, k + len(x)) for k in range(2 * radius + 1)]
        parts = [w * padded.take(r, axis) for w, r in zip(weight, rows, strict=True)]
        x = np.sum(parts, axis=0)
    return _cut(x + 0.5)


def _noisy(x: Floats, value: Floats) -> Pixels:
    """Sample one number per pixel, and one per channel of each."""
    key = value[2:3].astype(np.uint64)
    common = _normals(_mix(key), x[..., 0].size).reshape(*x.shape[:2], 1)
    own = _normals(key, x.size).reshape(x.shape)
    return _cut(x + 255 * (value[0] * common + value[1] * own) + 0.5)


def _normals(key: Words, count: int) -> Floats:
    """Return standard normal numbers, two from two, by Box and Muller's transform."""
    words = np.arange(count + count % 2, dtype=np.uint64)
    uniform = _unit(key ^ _mix(words)).reshape(-1, 2)
    radius = np.sqrt(-2 * np.log(1 - uniform[:, 0]))
    angle = 2 * np.pi * uniform[:, 1]
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return pairs.ravel()[:count]


def _unit(words: Words) -> Floats:
    return (_mix(words) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def _mix(z: Words) -> Words:
    """SplitMix64's output function."""
    z = z + _GOLDEN
    z = (z ^ (z >> np.uint64(30))) * _M1
    z = (z ^ (z >> np.uint64(27))) * _M2
    return z ^ (z >> np.uint64(31))


def _erased(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    size = len(image)
    x0, y0, x1, y1 = np.clip(np.rint(value[:4] * size), 0, size).astype(int)
    pixel_values = _of_channels(value[4:], image.shape[2])
    image = image.copy()
    image[y0:y1, x0:x1] = np.where(pixel_values < 0, fill, pixel_values).astype(
        np.uint8
    )
    return image
