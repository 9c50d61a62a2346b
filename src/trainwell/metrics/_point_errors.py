"""Errors of points in pixels of the source image.

    nme:         mean over the visible points of |p - t| / d, for each image
    pck:         share of the visible points with |p - t| <= r
    points_mse:  mean over the visible points of ((x - x')^2 + (y - y')^2) / 2, in px^2
    d            `eye_distance`: |mean of the left points - mean of the right points|
                 `box_size`: sqrt(width height) of the box around the visible points

Use: NME to compare faces of any size; PCK and MSE where pixels count.
Side effects: none. What is no number where a point is visible is infinitely wrong: a
network that diverged must not look like one without faces.
Source: Sagonas et al., "300 Faces in-the-Wild Challenge", 2016, section 4 (NME by the
outer corners of the eyes); Bulat and Tzimiropoulos, "How far are we from solving the
2D & 3D Face Alignment problem?", 2017, eq. 1 (NME by the box); Yang and Ramanan,
"Articulated Human Detection with Flexible Mixtures of Parts", 2013 (PCK).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.floating]
Visible = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def nme(
    points: Points, targets: Points, visible: Visible, normaliser: npt.ArrayLike
) -> Floats:
    """Return the normalised mean error of each image, NaN where no point is visible.

    Args:
        points: Answers (x, y), shape (n, k, 2).
        targets: True places, the same shape; anything where not visible.
        visible: Which points count, shape (n, k).
        normaliser: What is one, in the same units, shape (n,) or one number.

    Raises:
        ValueError: If the shapes disagree, a visible target is no number, or a
            normaliser of an image with visible points is not positive.

    Example:
        >>> points, targets = np.array([[[3.0, 4.0], [0.0, 0.0]]]), np.zeros((1, 2, 2))
        >>> visible = np.array([[True, True]])
        >>> nme(points, targets, visible, np.array([10.0])).tolist()
        [0.25]
    """
    distances = _distances(points, targets, visible)
    counts = visible.sum(1)
    scale = np.broadcast_to(np.asarray(normaliser, np.float64), counts.shape)
    wrong = np.flatnonzero((counts > 0) & ~((scale > 0) & np.isfinite(scale)))
    if len(wrong):
        raise ValueError(
            f"`normaliser` must be positive, got {scale[wrong[0]]} for image "
            f"{wrong[0]}; normalise by `box_size` where a pair of points may be hidden."
        )
    shown = np.where(counts > 0, counts, 1) * np.where(counts > 0, scale, 1)
    return np.where(counts > 0, distances.sum(1) / shown, np.nan)


def pck(
    points: Points, targets: Points, visible: Visible, radius: npt.ArrayLike
) -> float:
    """Return the share of correct keypoints; NaN if none is visible.

    Args:
        points: Answers (x, y), shape (n, k, 2).
        targets: True places, the same shape; anything where not visible.
        visible: Which points count, shape (n, k).
        radius: The largest error of a correct point in pixels: one number, or one per
            image, shape (n,), such as 0.1 of the box.

    Raises:
        ValueError: If the shapes disagree, or a visible target is no number.

    Example:
        >>> points, targets = np.array([[[3.0, 4.0], [0.0, 9.0]]]), np.zeros((1, 2, 2))
        >>> pck(points, targets, np.array([[True, True]]), 5.0)
        0.5
    """
    distances = _distances(points, targets, visible)
    limit = np.broadcast_to(np.asarray(radius, np.float64), len(points))[:, None]
    right = (distances <= limit)[visible]
    return float(right.mean()) if len(right) else float("nan")


def points_mse(points: Points, targets: Points, visible: Visible) -> float:
    """Return the mean squared error of the visible coordinates; NaN without any.

    Args:
        points: Answers (x, y), shape (n, k, 2).
        targets: True places, the same shape; anything where not visible.
        visible: Which points count, shape (n, k).

    Raises:
        ValueError: If the shapes disagree, or a visible target is no number.

    Example:
        >>> points, targets = np.array([[[3.0, 4.0], [0.0, 0.0]]]), np.zeros((1, 2, 2))
        >>> points_mse(points, targets, np.array([[True, False]]))
        12.5
    """
    squares = _distances(points, targets, visible)[visible] ** 2 / 2
    return float(squares.mean()) if len(squares) else float("nan")


def eye_distance(
    points: Points, left: int | Sequence[int], right: int | Sequence[int]
) -> Floats:
    """Return the distance between two points, or between the means of two groups.

    Args:
        points: (x, y) in pixels, shape (n, k, 2).
        left: Index or indices of the left eye; 36 is the outer corner among the 68 of
            iBUG, 36 to 41 the whole eye.
        right: Those of the right eye; 45, or 42 to 47.

    Returns:
        Shape (n,); NaN where a point is.

    Example:
        >>> points = np.array([[[0.0, 0.0], [2.0, 0.0], [4.0, 4.0]]])
        >>> eye_distance(points, 1, 2).round(4).tolist()
        [4.4721]
        >>> eye_distance(points, (0, 1), (2,)).tolist()
        [5.0]
    """
    ends = [points[:, np.atleast_1d(side)].mean(1) for side in (left, right)]
    found: Floats = np.linalg.norm((ends[0] - ends[1]).astype(np.float64), axis=1)
    return found


def box_size(points: Points, visible: Visible | None = None) -> Floats:
    """Return sqrt(width height) of the box around the points of each image.

    Args:
        points: (x, y) in pixels, shape (n, k, 2).
        visible: Which points count, shape (n, k); all if None.

    Returns:
        Shape (n,); 0 without a visible point, or with one alone.

    Example:
        >>> points = np.array([[[0.0, 0.0], [2.0, 0.0], [4.0, 9.0]]])
        >>> box_size(points).tolist()
        [6.0]
    """
    if visible is None:
        visible = np.ones(points.shape[:2], bool)
    low = np.where(visible[..., None], points, np.inf).min(1, initial=np.inf)
    high = np.where(visible[..., None], points, -np.inf).max(1, initial=-np.inf)
    some = np.any(visible, axis=1)[:, None]
    sides = np.where(some, high, 0) - np.where(some, low, 0)
    found: Floats = np.sqrt(sides.astype(np.float64).prod(1))
    return found


def _distances(points: Points, targets: Points, visible: Visible) -> Floats:
    """Return |p - t|, (n, k); infinite where p is no number, 0 where hidden."""
    if points.shape != targets.shape or points.shape != (*visible.shape, 2):
        raise ValueError(
            "`points` and `targets` must have the shape (n, k, 2) and `visible` (n, k)"
            f", got {points.shape}, {targets.shape} and {visible.shape}."
        )
    known = np.all(np.isfinite(targets), axis=2)
    wrong = np.argwhere(visible & ~known)
    if len(wrong):
        raise ValueError(
            f"`targets` must be numbers where visible, got {targets[tuple(wrong[0])]} "
            f"for point {wrong[0][1]} of image {wrong[0][0]}."
        )
    shown = np.where(visible[..., None], points.astype(np.float64) - targets, 0)
    distances = np.linalg.norm(shown, axis=2)
    return np.where(np.isnan(distances), np.inf, distances)
