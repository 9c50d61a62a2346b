"""Move boxes: rectangles around objects, through the same transform as the images.

A turned box is no box any more: the result is the envelope of its moved outline, which
may be larger than the object. Coordinates are continuous, as those of points.

Source: definition; see `move_points`.
"""

import numpy as np
import numpy.typing as npt

from trainwell.augment._map_points import map_points
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._lens_distortion import LENS
from trainwell.core.image_size import ImageSize, height_and_width

_PER_EDGE = 16


def move_boxes(
    boxes: npt.NDArray[np.floating],
    params: TransformParams,
    heights: npt.NDArray[np.integer],
    widths: npt.NDArray[np.integer],
    *,
    size: ImageSize,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the boxes in the output, and the fraction of each that remains in it.

    Args:
        boxes: (x0, y0, x1, y1) in pixels of each image, shape (n, k, 4).
        params: Transform parameters of the n images.
        heights: Heights of the images in pixels, shape (n,).
        widths: Widths of the images in pixels, shape (n,).
        size: Size of the output in pixels: a square's side, or (height, width).

    Returns:
        Boxes clipped to the output, shape (n, k, 4), and the clipped fraction of the
        area of the whole moved box, shape (n, k): 0 for what is out of sight, and for
        boxes without area. Erased rectangles hide nothing: a box says where an
        object is.

    Example:
        >>> from trainwell.augment import move_boxes, ops
        >>> left_half = ops.crop_only(np.array([[0.0, 0.0, 0.5, 1.0]]))
        >>> sides = np.array([10])
        >>> boxes, kept = move_boxes(
        ...     np.array([[[2.0, 2, 8, 4]]]), left_half, sides, sides, size=10
        ... )
        >>> boxes.tolist(), kept.tolist()
        ([[[4.0, 2.0, 10.0, 4.0]]], [[0.5]])
    """
    if boxes.ndim != 3 or boxes.shape[2] != 4:
        raise ValueError(f"`boxes` must have the shape (n, k, 4), got {boxes.shape}.")
    n, k = boxes.shape[:2]
    bends = bool((params.ops.op_codes == LENS.code).any())
    across = _outline(_PER_EDGE if bends else 1)
    corner, extent = boxes[..., None, :2], boxes[..., None, 2:] - boxes[..., None, :2]
    outline = (corner + across * extent).reshape(n, -1, 2).astype(np.float64)
    went = map_points(outline, params, heights, widths, size).points
    went = went.reshape(n, k, len(across), 2)
    whole = np.concatenate([went.min(2), went.max(2)], 2)
    height, width = height_and_width(size)
    clipped = np.clip(whole, 0, [width, height, width, height])
    area = _area(whole)
    kept = np.divide(_area(clipped), area, out=np.zeros_like(area), where=area > 0)
    return clipped, kept


def _outline(per_edge: int) -> npt.NDArray[np.float64]:
    """Return places along the outline of the unit square, (4 * per_edge, 2)."""
    t = np.arange(per_edge) / per_edge
    zero, one = np.zeros(per_edge), np.ones(per_edge)
    edges = [(t, zero), (one, t), (1 - t, one), (zero, 1 - t)]
    return np.concatenate([np.stack(edge, 1) for edge in edges])


def _area(boxes: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    sides = boxes[..., 2:] - boxes[..., :2]
    area: npt.NDArray[np.float64] = sides.prod(-1)
    return area
