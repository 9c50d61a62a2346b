"""Glyphs: the strokes of the ten digits, as points that a pen passes.

x to the right and y down, in a box of width 0.6 and height 1 about the origin.

Source: ours.
"""

import numpy as np
import numpy.typing as npt

Stroke = npt.NDArray[np.float64]


def _arc(x: float, y: float, a: float, b: float, start: float, end: float) -> Stroke:
    """Return part of an ellipse; degrees from the right, clockwise as one sees it."""
    angle = np.radians(np.linspace(start, end, 13))
    return np.stack([x + a * np.cos(angle), y + b * np.sin(angle)], axis=1)


def _line(*points: tuple[float, float]) -> Stroke:
    return np.array(points)


def _joined(*parts: Stroke) -> Stroke:
    return np.concatenate(parts)


GLYPHS: tuple[tuple[Stroke, ...], ...] = (
    (_arc(0.0, 0.0, 0.28, 0.47, -90, 270),),
    (_line((-0.16, -0.3), (0.04, -0.47), (0.04, 0.47)),),
    (
        _joined(
            _arc(0.0, -0.22, 0.26, 0.25, -170, 25),
            _line((-0.27, 0.47), (0.29, 0.47)),
        ),
    ),
    (
        _joined(
            _arc(-0.03, -0.24, 0.25, 0.23, -155, 85),
            _arc(-0.03, 0.22, 0.29, 0.25, -85, 150),
        ),
    ),
    (
        _line((0.06, -0.47), (-0.27, 0.18), (0.29, 0.18)),
        _line((0.12, -0.14), (0.12, 0.47)),
    ),
    (
        _joined(
            _line((-0.2, -0.44), (-0.24, -0.05)),
            _arc(-0.02, 0.17, 0.28, 0.29, -130, 145),
        ),
        _line((-0.2, -0.44), (0.25, -0.44)),
    ),
    (
        _joined(
            _line((0.19, -0.46), (0.0, -0.33), (-0.17, -0.11), (-0.26, 0.14)),
            _arc(0.0, 0.2, 0.26, 0.27, 180, -180),
        ),
    ),
    (_line((-0.27, -0.45), (0.27, -0.45), (-0.06, 0.47)),),
    (
        _joined(
            _arc(0.0, -0.24, 0.21, 0.22, 90, -270),
            _arc(0.0, 0.22, 0.27, 0.25, -90, 270),
        ),
    ),
    (
        _joined(
            _arc(0.0, -0.2, 0.26, 0.27, 0, -360),
            _line((0.26, -0.14), (0.22, 0.15), (0.1, 0.47)),
        ),
    ),
)
