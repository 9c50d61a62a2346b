"""Shift: move the crop box; with a border this is pad-and-crop.

Padding by p pixels and cropping at a random corner shows the image moved by -p..p
pixels, so no padded copy is ever made.

Source: He et al., "Deep Residual Learning", 2016, section 4.2 (4 pixels, then a
random crop).
"""

import numpy as np
import numpy.typing as npt


def shift(
    crop_boxes: npt.NDArray[np.float64], offsets: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Move each crop box by (dx, dy), shape (n, 2), in units of the crop box's size.

    Example:
        >>> from trainwell.augment.ops import shift
        >>> shift(np.array([[0.0, 0.0, 1.0, 1.0]]), np.array([[0.25, 0.0]])).tolist()
        [[0.25, 0.0, 1.25, 1.0]]
    """
    size = np.abs(crop_boxes[:, 2:] - crop_boxes[:, :2])
    return crop_boxes + np.tile(offsets * size, 2)
