"""Warp: an affine map of the canvas of the output to that of the input.

    (x, y) -> (a x + b y + c W + g (H - W), d x + e y + f H + h (W - H))

with x and y in pixels and a canvas of W x H pixels. On a square of side 1 that is
(a x + b y + c, d x + e y + f); g and h are how much of c and f is counted in heights
and in widths, so that a rotation about the centre stays one on any canvas.

Rotations, shears, translations and flips are warps; adjacent ones are multiplied and
interpolate once.

Source: the engine of trainwell's design.
"""

import numpy as np

from trainwell.augment.ops._op_sequence import Floats
from trainwell.augment.ops._op_spec import OpSpec

_SAME = 1e-9
_SYMMETRIES = {
    "identity": (1, 0, 0, 0, 1, 0),
    "flip": (-1, 0, 1, 0, 1, 0),
    "flip vertically": (1, 0, 0, 0, -1, 1),
    "transpose": (0, 1, 0, 1, 0, 0),
}


def _describe(values: Floats) -> str:
    a, b, c, d, e, f = values[:6]
    for name, matrix in _SYMMETRIES.items():
        if np.allclose(values[:6], matrix, atol=_SAME):
            return name
    if np.allclose([a, d, e], [1, 0, 1]) and abs(b) > _SAME:
        return f"shear x {b:.2g}"
    if np.allclose([a, b, e], [1, 0, 1]) and abs(d) > _SAME:
        return f"shear y {d:.2g}"
    if np.allclose([a, b, d, e], [1, 0, 0, 1]):
        moves = [f"translate {n} {s:.2g}" for n, s in (("x", c), ("y", f)) if s]
        return ", ".join(moves)
    if np.allclose([b, d], 0) and a > 0 and e > 0:
        return f"stretch {1 / a:.2f} × {1 / e:.2f}"
    if np.allclose([a, b], [e, -d]) and (size := np.hypot(a, d)) > 0:
        turn = f"rotate {np.degrees(np.arctan2(d, a)):.3g}°"
        return turn if abs(size - 1) < _SAME else f"scale {1 / size:.2f}, {turn}"
    return "warp"


WARP = OpSpec("warp", 1, tuple("abcdefgh"), _describe)
