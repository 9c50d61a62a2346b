"""Gaussian blur: the mean of the neighbours, weighted by their distance.

    y = sum_k w_k x_k,    w_k ~ exp(-k^2 / (2 sigma^2)),    |k| <= size // 2

along each axis; the picture is mirrored at its border.

Use: for pictures out of focus; sigma 0.1..2 pixels with 23 of 224 in SimCLR.
Side effects: costs time in proportion to `size`.
Source: Chen et al., "A Simple Framework for Contrastive Learning", 2020, appendix A;
torchvision's `gaussian_blur`, within one pixel value.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._op_sequence import Floats, Magnitude, OpSequence
from trainwell.augment.ops._op_spec import OpSpec, describe_first
from trainwell.augment.ops._pixel_math import Pixels, to_uint8
from trainwell.core import checks


def _reference(image: Pixels, value: Floats, fill: Pixels) -> Pixels:
    x, sigma, radius = image.astype(float), value[0], int(value[1])
    distance = np.arange(-radius, radius + 1)
    weight = (
        np.exp(-0.5 * (distance / sigma) ** 2) if sigma > 0 else 1.0 * (distance == 0)
    )
    weight = weight / weight.sum()
    for axis in (0, 1):
        padding = [(radius, radius) if axis == a else (0, 0) for a in range(3)]
        length = x.shape[axis]
        padded = np.pad(x, padding, mode="reflect" if length > 1 else "edge")
        rows = [np.arange(k, k + length) for k in range(2 * radius + 1)]
        parts = [w * padded.take(r, axis) for w, r in zip(weight, rows, strict=True)]
        x = np.sum(parts, axis=0)
    return to_uint8(x + 0.5)


BLUR = OpSpec("blur", 41, ("sigma", "radius"), describe_first("blur"), _reference)


def gaussian_blur(
    sigma: Magnitude, size: npt.NDArray[np.int64] | int | None = None
) -> OpSequence:
    """Return the operations that blur.

    Args:
        sigma: Standard deviation in pixels, at least 0, shape (n,); 0 does nothing.
        size: Pixels of the kernel per axis, odd; None reaches three sigma each way.

    Raises:
        ValueError: If a size is even or a number is out of range.

    Example:
        >>> from trainwell.augment.ops import gaussian_blur
        >>> gaussian_blur(1.5)
        OpSequence(samples=1, first=['blur 1.50'])
    """
    checks.between("sigma", float(np.min(sigma)), 0, float("inf"))
    radius = np.ceil(3 * np.atleast_1d(sigma))
    if size is not None:
        if (np.asarray(size) % 2 == 0).any() or np.min(size) < 1:
            raise ValueError(f"`size` must be odd and positive, got {size!r}.")
        radius = np.broadcast_to(np.asarray(size) // 2, radius.shape).astype(float)
    return BLUR.sequence(sigma, radius)
