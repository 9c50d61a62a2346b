"""Tables of the tones that do not read the image, made on the CPU as `engine` does."""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import _op_codes

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]


def point_tables(code: int, values: Floats, channels: int) -> Pixels:
    """Return what each pixel value becomes, shape (n, channels, 256).

    Args:
        code: A tone that does not read the image.
        values: Magnitudes per sample, (n, 12).
        channels: Of the images.
    """
    v = np.arange(256.0)
    first = values[:, :1]
    if code == _op_codes.SCALE_AND_SHIFT:
        last = values.shape[1] - 1
        summands = values[:, np.minimum(1 + np.arange(channels), last)]
        return _cut(first[:, None] * v + summands[:, :, None] + 0.5)
    if code == _op_codes.SCALE:
        table = _cut(first.astype(np.float32) * v.astype(np.float32))
    elif code == _op_codes.INVERT:
        table = _cut(np.broadcast_to(255 - v, (len(values), 256)))
    elif code == _op_codes.POSTERIZE:
        step = 2.0 ** (8 - first.astype(np.int64))
        table = _cut(v - v % step)
    elif code == _op_codes.SOLARIZE:
        table = _cut(np.where(v < first, v, 255 - v))
    elif code == _op_codes.SOLARIZE_ADD:
        table = _cut(np.where(v < values[:, 1:2], np.trunc(v + first), v))
    else:  # gamma
        table = _cut(255 * (v / 255) ** first + 0.5)
    return np.repeat(table[:, None], channels, axis=1)


def _cut(x: npt.NDArray[np.floating]) -> Pixels:
    """Cut to 8 bits towards zero."""
    pixel_values: Pixels = np.clip(x, 0, 255).astype(np.uint8)
    return pixel_values
