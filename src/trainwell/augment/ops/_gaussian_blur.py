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

from trainwell.augment.ops import _op_codes
from trainwell.augment.ops._op_sequence import Magnitude, OpSequence, one_op
from trainwell.core import checks


def gaussian_blur(
    sigma: Magnitude, size: npt.NDArray[np.int64] | int | None = None
) -> OpSequence:
    """Return the operations that blur.

    Args:
        sigma: Standard deviation in pixels, at least 0, shape (n,); 0 does nothing.
        size: Pixels of the kernel per axis, odd; None takes three deviations each way.

    Raises:
        ValueError: If a size is even or a number is out of range.
    """
    checks.between("sigma", float(np.min(sigma)), 0, float("inf"))
    radius = np.ceil(3 * np.atleast_1d(sigma))
    if size is not None:
        if (np.asarray(size) % 2 == 0).any() or np.min(size) < 1:
            raise ValueError(f"`size` must be odd and positive, got {size!r}.")
        radius = np.broadcast_to(np.asarray(size) // 2, radius.shape).astype(float)
    return one_op(_op_codes.BLUR, sigma, radius)
