"""Tables of the tones that do not read the image, made on the CPU as `engine` does."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._brightness import BRIGHTNESS
from trainwell.augment.ops._gamma import GAMMA
from trainwell.augment.ops._invert import INVERT
from trainwell.augment.ops._posterize import POSTERIZE
from trainwell.augment.ops._scale_and_shift import SCALE_AND_SHIFT
from trainwell.augment.ops._solarize import SOLARIZE
from trainwell.augment.ops._solarize_add import SOLARIZE_ADD

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Table = Callable[[Floats, int], npt.NDArray[np.floating]]
_V = np.arange(256.0)


def point_tables(code: int, values: Floats, channels: int) -> Pixels:
    """Return what each pixel value becomes, shape (n, channels, 256).

    Args:
        code: Code of a tone that does not read the image.
        values: Magnitudes per sample, (n, 12).
        channels: Number of channels of the images.
    """
    table = np.clip(POINT_TABLES[code](values, channels), 0, 255).astype(np.uint8)
    shape = (len(values), channels, 256)
    return np.array(np.broadcast_to(table.reshape(len(values), -1, 256), shape))


def _brightness(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    return values[:, :1].astype(np.float32) * _V.astype(np.float32)


def _invert(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    level = _V.astype(np.float32)
    return level + values[:, :1].astype(np.float32) * (255 - 2 * level)


def _posterize(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    return _V - _V % 2.0 ** (8 - values[:, :1].astype(np.int64))


def _solarize(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    return np.where(values[:, :1] > _V, _V, 255 - _V)


def _solarize_add(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    return np.where(values[:, 1:2] > _V, np.trunc(_V + values[:, :1]), _V)


def _gamma(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    return 255 * (_V / 255) ** values[:, :1] + 0.5


def _scale_and_shift(values: Floats, channels: int) -> npt.NDArray[np.floating]:
    last = values.shape[1] - 1
    summands = values[:, np.minimum(1 + np.arange(channels), last)]
    return values[:, :1, None] * _V + summands[:, :, None] + 0.5


POINT_TABLES: dict[int, Table] = {
    BRIGHTNESS.code: _brightness,
    INVERT.code: _invert,
    POSTERIZE.code: _posterize,
    SOLARIZE.code: _solarize,
    SOLARIZE_ADD.code: _solarize_add,
    GAMMA.code: _gamma,
    SCALE_AND_SHIFT.code: _scale_and_shift,
}
"""What makes the table of each tone, from magnitudes (n, 12) and channels."""
