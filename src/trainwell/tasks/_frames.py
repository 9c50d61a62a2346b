"""Where whole images lie in what a network is shown, so that places come back."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.augment import swapped_order
from trainwell.augment.ops import fit
from trainwell.core.image_size import ImageSize, height_and_width


def whole_frames(
    sizes: npt.NDArray[np.integer], mode: str, size: ImageSize
) -> npt.NDArray[np.float64]:
    """Return x, y, width and height of what is shown, in pixels of each image, (n, 4).

    What is at (u, v) of it, in fractions, is at (x + u width, y + v height) of the
    image.

    Args:
        sizes: Heights and widths of the images, (n, 2).
        mode: How they are fit: `pad`, `stretch` or `crop`.
        size: Size of what is shown.

    Example:
        >>> whole_frames(np.array([[50, 100]]), "pad", 32).tolist()
        [[0.0, -25.0, 100.0, 100.0]]
    """
    heights, widths = sizes.astype(np.int32).T
    boxes = fit(heights, widths, mode=mode, size=size)
    sides = np.stack([widths, heights], 1)
    low, high = boxes[:, :2] * sides, boxes[:, 2:] * sides
    return np.concatenate([low, high - low], 1)


def to_image(
    points: npt.NDArray[np.floating],
    frames: npt.NDArray[np.float64],
    size: ImageSize,
) -> npt.NDArray[np.floating]:
    """Return points (n, k, 2) in pixels of the images, from pixels of what is shown."""
    shown = np.array(height_and_width(size)[::-1], np.float64)
    return frames[:, None, :2] + points / shown * frames[:, None, 2:]


def from_image(
    points: npt.NDArray[np.floating],
    frames: npt.NDArray[np.float64],
    size: ImageSize,
) -> npt.NDArray[np.floating]:
    """Return points (n, k, 2) in pixels of what is shown, from pixels of the images."""
    shown = np.array(height_and_width(size)[::-1], np.float64)
    return (points - frames[:, None, :2]) / frames[:, None, 2:] * shown


def mirrored_points(
    points: Any,  # noqa: ANN401
    swaps: Sequence[tuple[int, int]],
    width: float,
) -> Any:  # noqa: ANN401
    """Return points (n, k, 2), an array or a tensor, in a mirror at half the width."""
    turned = points[:, swapped_order(points.shape[1], swaps).tolist()] * 1.0
    turned[..., 0] = width - turned[..., 0]
    return turned


def mirrored_rows(
    values: Any,  # noqa: ANN401
    swaps: Sequence[tuple[int, int]],
    width: float,
) -> Any:  # noqa: ANN401
    """Return `mirrored_points` of rows x0, y0, x1, ..., (n, 2 k), or of points."""
    points = values.reshape(len(values), -1, 2)
    return mirrored_points(points, swaps, width).reshape(values.shape)


def placed_rows(
    values: npt.NDArray[np.floating],
    frames: npt.NDArray[np.float64],
    size: ImageSize,
) -> npt.NDArray[np.floating]:
    """Return `to_image` of rows x0, y0, x1, ..., (n, 2 k), or of points."""
    points = to_image(values.reshape(len(values), -1, 2), frames, size)
    return points.reshape(values.shape).astype(values.dtype, copy=False)


def check_swaps(swaps: Sequence[tuple[int, int]], count: int) -> None:
    """Raise ValueError for swaps that are not pairs of so many points."""
    named = sum(swaps, ())
    if len({*named}) < len(named) or not {*named} <= {*range(count)}:
        raise ValueError("swapped points that are not pairs of them")
