"""Coverage: the fraction of each pixel that a shape covers, from its distance.

    a = clip(1/2 - d, 0, 1),    d < 0 inside

in pixels: exact for a straight edge along the pixels, close for all others.

Source: Loop & Blinn, "Resolution Independent Curve Rendering using Programmable
Graphics Hardware", 2005, section 5: distances from gradients; else definitions.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def centres(size: int) -> Floats:
    """Return (x, y) of every pixel centre, (size, size, 2)."""
    y, x = np.mgrid[:size, :size] + 0.5
    places: Floats = np.stack([x, y], axis=2)
    return places


def coverage(distance: Floats) -> Floats:
    """Return the fraction of each pixel inside, from signed distances in pixels."""
    fraction: Floats = np.clip(0.5 - distance, 0.0, 1.0)
    return fraction


def to_line(places: Floats, line: Floats) -> Floats:
    """Return the distance of places, (..., 2), to a line through (k, 2) points."""
    nearest = np.full(places.shape[:-1], np.inf)
    for start, end in zip(line[:-1], line[1:], strict=True):
        along, away = end - start, places - start
        t = np.clip(away @ along / max(along @ along, 1e-12), 0, 1)
        gap = away - t[..., None] * along
        nearest = np.minimum(nearest, (gap * gap).sum(-1))
    distance: Floats = np.sqrt(nearest)
    return distance


def to_polygon(places: Floats, corners: Floats) -> Floats:
    """Return signed distances, negative inside, to a polygon of (k, 2) corners."""
    closed = np.concatenate([corners, corners[:1]])
    inside = np.zeros(places.shape[:-1], bool)
    x, y = places[..., 0], places[..., 1]
    for (ax, ay), (bx, by) in zip(closed[:-1], closed[1:], strict=True):
        if ay != by:
            crosses = (ay > y) != (by > y)
            inside ^= crosses & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    return np.where(inside, -1.0, 1.0) * to_line(places, closed)


def to_ellipse(places: Floats, centre: Floats, axes: Floats) -> Floats:
    """Return signed distances to the ellipse u @ axes + centre, |u| = 1.

    |u| - 1 over the length of its gradient: exact at the edge, and for circles.
    """
    inverse = np.linalg.inv(axes)
    u = (places - centre) @ inverse
    radius = np.maximum(np.linalg.norm(u, axis=-1), 1e-9)
    slope = np.linalg.norm(u @ inverse.T, axis=-1) / radius
    distance: Floats = (radius - 1) / np.maximum(slope, 1e-9)
    return distance
