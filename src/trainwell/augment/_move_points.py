"""Move points: named places of the images, through the same transform as the images.

Places are continuous: the centre of the first pixel is at (0.5, 0.5), the right edge of
an image at its width. A pixel index becomes a place by adding one half.

Source: definition; the inverse of what the engine does to each output pixel.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.augment._map_points import map_points
from trainwell.augment.ops import TransformParams
from trainwell.core.image_size import ImageSize


def move_points(
    points: npt.NDArray[np.floating],
    visible: npt.NDArray[np.bool_],
    params: TransformParams,
    heights: npt.NDArray[np.integer],
    widths: npt.NDArray[np.integer],
    *,
    size: ImageSize,
    swaps: Sequence[tuple[int, int]] = (),
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return where points are in the output, and which can be seen there.

    Args:
        points: (x, y) in pixels of each image, shape (n, k, 2).
        visible: Whether each point is visible there, shape (n, k).
        params: Transform parameters of the n images.
        heights: Heights of the images in pixels, shape (n,).
        widths: Widths of the images in pixels, shape (n,).
        size: Size of the output in pixels: a square's side, or (height, width).
        swaps: Pairs of points, such as left and right eye, that change their names
            where an image is mirrored.

    Returns:
        Points in pixels of the output, finite also where they are outside of it; and
        which are visible: those that were, that no canvas on the way cut off, and
        that no erased rectangle covers.

    Raises:
        ValueError: If the shapes disagree, or a pair names no two points.

    Example:
        >>> from trainwell.augment import move_points, ops
        >>> flipped = ops.crop_only(np.array([[1.0, 0.0, 0.0, 1.0]]))
        >>> sides = np.array([10])
        >>> points, visible = np.array([[[2.0, 3.0]]]), np.array([[True]])
        >>> moved, seen = move_points(points, visible, flipped, sides, sides, size=10)
        >>> moved.tolist(), seen.tolist()
        ([[[8.0, 3.0]]], [[True]])
    """
    if points.shape != (*visible.shape, 2):
        raise ValueError(
            "`visible` must have the shape of `points` without its last axis, got "
            f"{visible.shape} and {points.shape}."
        )
    order = swapped_order(points.shape[1], swaps)
    went = map_points(points.astype(np.float64), params, heights, widths, size)
    seen = visible & went.inside & ~went.erased
    turned = went.mirrored[:, None]
    moved = np.where(turned[..., None], went.points[:, order], went.points)
    return moved, np.where(turned, seen[:, order], seen)


def swapped_order(
    count: int, swaps: Sequence[tuple[int, int]]
) -> npt.NDArray[np.int64]:
    """Return for each point the index of the one whose name it has in a mirror.

    Raises:
        ValueError: If a pair names no two points.

    Example:
        >>> swapped_order(3, [(0, 1)]).tolist()
        [1, 0, 2]
    """
    order = np.arange(count)
    named = [index for pair in swaps for index in pair]
    if len(set(named)) < len(named) or not all(0 <= i < count for i in named):
        raise ValueError(
            f"`swaps` must be pairs of different points below {count}, each named "
            f"once, got {list(swaps)}."
        )
    for left, right in swaps:
        order[[left, right]] = right, left
    return order
