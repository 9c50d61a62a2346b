"""Resized crop: a rectangle of given area and aspect ratio, shown at full size.

    w = sqrt(A r),    h = sqrt(A / r)

with A the fraction of the crop box's area and r the ratio of width to height. A
rectangle that does not fit is shrunk, keeping its ratio, until it does.

Source: Szegedy et al., "Going Deeper with Convolutions", 2014, section 6. Published
code cuts from the image before it is fitted to a square, and redraws a rectangle that
does not fit. Here the rectangle is cut from the fitted crop box, so that training and
evaluation show the same proportions and borders, and shrinking needs no second sample.
"""

import numpy as np
import numpy.typing as npt


def resized_crop(
    crop_boxes: npt.NDArray[np.float64],
    *,
    area: npt.NDArray[np.float64],
    ratio: npt.NDArray[np.float64],
    position: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return the crop boxes of the rectangles, shape (n, 4).

    Args:
        crop_boxes: Boxes of the uncropped images, shape (n, 4).
        area: Fraction of that area, in (0, 1], shape (n,).
        ratio: Width over height of the rectangle, in widths and heights of the crop
            box.
        position: Place of the rectangle in the free room, (n, 2) in [0, 1].

    Example:
        >>> from trainwell.augment.ops import resized_crop
        >>> resized_crop(
        ...     np.array([[0.0, 0.0, 1.0, 1.0]]),
        ...     area=np.array([0.25]),
        ...     ratio=np.array([1.0]),
        ...     position=np.array([[0.0, 1.0]]),
        ... ).tolist()
        [[0.0, 0.5, 0.5, 1.0]]
    """
    size = np.sqrt(np.stack([area * ratio, area / ratio], 1))
    size = size / np.maximum(size.max(1, keepdims=True), 1.0)
    low = position * (1 - size)
    corner, extent = crop_boxes[:, :2], crop_boxes[:, 2:] - crop_boxes[:, :2]
    return np.concatenate([corner + low * extent, corner + (low + size) * extent], 1)
