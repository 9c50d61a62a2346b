"""Kernels: what computes each operation on the device, and the numbers that it takes.

Point tones are not here, but in `_point_tables`: their tables are made on the CPU.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.augment.batched import (
    _colours,
    _erase,
    _lens,
    _neighbours,
    _noise,
    _tables,
)
from trainwell.augment.batched._stages import Array, RenderOptions, Rows, Stage
from trainwell.augment.ops._autocontrast import AUTOCONTRAST
from trainwell.augment.ops._blur import RIM_BLUR
from trainwell.augment.ops._color_matrix import COLOR_MATRIX
from trainwell.augment.ops._contrast import CONTRAST
from trainwell.augment.ops._equalize import EQUALIZE
from trainwell.augment.ops._erase import ERASE
from trainwell.augment.ops._gaussian_blur import BLUR
from trainwell.augment.ops._hue import HUE
from trainwell.augment.ops._lens_distortion import LENS
from trainwell.augment.ops._noise import NOISE
from trainwell.augment.ops._op_spec import OpSpec
from trainwell.augment.ops._saturation import SATURATION
from trainwell.augment.ops._sharpness import SHARPNESS
from trainwell.augment.ops._smooth import SMOOTH

Floats = npt.NDArray[np.float64]
Numbers = Callable[[Floats, RenderOptions], tuple[Array, ...]]


@dataclass(frozen=True)
class Kernel:
    """How an operation is computed.

    Attributes:
        spec: The operation.
        run: Takes images, of image tones also their tables, and then the numbers.
        numbers: Returns the numbers per sample, given the magnitudes, (n, 12).
    """

    spec: OpSpec
    run: Callable[..., Tensor]
    numbers: Numbers


def stage(code: int, rows: Rows, values: Floats, options: RenderOptions) -> Stage:
    """Return the stage of an operation that is neither a warp nor a point tone."""
    kernel = KERNELS[code]
    return Stage(kernel.spec.name, rows, kernel.numbers(values, options))


def _all(values: Floats, options: RenderOptions) -> tuple[Array, ...]:
    return (values,)


def _factor(values: Floats, options: RenderOptions) -> tuple[Array, ...]:
    return (values[:, 0].astype(np.float32),)


def _key(values: Floats, options: RenderOptions) -> tuple[Array, ...]:
    return values[:, :2] * 255, values[:, 2].astype(np.int64)


def _gaussians(values: Floats, options: RenderOptions) -> tuple[Array, ...]:
    """Return the weights of every sample, (n, 2 r + 1) with r the largest radius."""
    sigmas, radii = values[:, 0], values[:, 1]
    largest = int(radii.max())
    distance = np.arange(-largest, largest + 1)
    safe = np.where(sigmas > 0, sigmas, 1.0)[:, None]
    weights = np.exp(-0.5 * (distance / safe) ** 2)
    weights = np.where(sigmas[:, None] > 0, weights, distance == 0)
    weights = np.where(np.abs(distance) <= radii[:, None].astype(int), weights, 0.0)
    single = weights.astype(np.float32)
    total = np.cumsum(single, axis=1, dtype=np.float32)[:, -1:]  # one after the other
    return (single / total,)


def _rectangles(values: Floats, options: RenderOptions) -> tuple[Array, Array]:
    """Return x0 y0 x1 y1 in pixels, and the pixel value per channel."""
    rows, columns = options.canvas
    size = np.array([columns, rows, columns, rows])
    box = np.rint(values[:, :4] * size).clip(0, size).astype(np.int64)
    last = values.shape[1] - 1
    pixel_values = values[:, np.minimum(4 + np.arange(options.channels), last)]
    return box, np.where(pixel_values < 0, options.fill, pixel_values.clip(0)).astype(
        np.uint8
    )


KERNELS = {
    kernel.spec.code: kernel
    for kernel in (
        Kernel(LENS, _lens.lens, _all),
        Kernel(CONTRAST, _tables.contrast, _factor),
        Kernel(AUTOCONTRAST, _tables.autocontrast, _factor),
        Kernel(EQUALIZE, _tables.equalize, _factor),
        Kernel(SATURATION, _colours.saturation, _factor),
        Kernel(HUE, _colours.hue, _all),
        Kernel(COLOR_MATRIX, _colours.color_matrix, _all),
        Kernel(SHARPNESS, _neighbours.sharpness, _factor),
        Kernel(SMOOTH, _neighbours.smooth, _factor),
        Kernel(RIM_BLUR, _neighbours.rim_blur, _factor),
        Kernel(BLUR, _neighbours.blur, _gaussians),
        Kernel(NOISE, _noise.noise, _key),
        Kernel(ERASE, _erase.erase, _rectangles),
    )
}
"""Every kernel by the code of its operation."""
