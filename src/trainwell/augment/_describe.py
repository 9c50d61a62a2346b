"""Describe: transform parameters as text.

Warps are named by their matrices: a rotation is called one, however it was made.

Source: definition; the inverse of `augment.ops`.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import TransformParams, _op_codes

Floats = npt.NDArray[np.float64]
_WHOLE = (0.0, 0.0, 1.0, 1.0)
_SAME = 1e-9


def describe(
    params: TransformParams, index: int, *, whole: Sequence[float] | Floats = _WHOLE
) -> tuple[str, ...]:
    """Return what happens to one sample, in order, such as "flip" or "rotate 12°".

    Args:
        params: How samples are shown.
        index: Which of them.
        whole: The crop box that shows it unchanged; `ops.fit` gives it.
    """
    words = _window(params.crop_boxes[index], np.asarray(whole, np.float64))
    operations = params.ops[index : index + 1]
    for code, values in zip(
        operations.op_codes[0].tolist(), operations.magnitudes[0], strict=True
    ):
        if code != _op_codes.NO_OP:
            words.append(_NAMED[code](values))
    return tuple(words)


def _window(crop_box: Floats, whole: Floats) -> list[str]:
    """Name a crop box by what it shows of the whole one, in fractions of that."""
    low, extent = whole[:2], whole[2:] - whole[:2]
    x0, y0, x1, y1 = (crop_box - np.tile(low, 2)) / np.tile(extent, 2)
    words = ["flip"] * bool(x1 < x0) + ["flip vertically"] * bool(y1 < y0)
    width, height = abs(x1 - x0), abs(y1 - y0)
    right, down = 0.5 - (x0 + x1) / 2, 0.5 - (y0 + y1) / 2
    if abs(width - 1) > _SAME or abs(height - 1) > _SAME:
        words.insert(0, f"crop {width:.0%} × {height:.0%}")
    elif abs(right) > _SAME or abs(down) > _SAME:
        words.insert(0, f"shift {right:+.0%} {down:+.0%}")
    return words


def _warp(values: Floats) -> str:
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


def _erase(values: Floats) -> str:
    width, height = values[2:4] - values[:2]
    if abs(width - height) < _SAME:
        return f"cutout {width:.2g}"
    return f"erase {width:.2g} × {height:.2g}"


def _noise(values: Floats) -> str:
    shared, own = values[:2]
    return f"ISO noise {shared:.2g}, {own:.2g}" if shared else f"noise {own:.2g}"


def _with(name: str, form: str = ".2f") -> Callable[[Floats], str]:
    """Return what names an operation with its first value."""
    return lambda values: f"{name} {format(values[0], form)}"


def _alone(name: str) -> Callable[[Floats], str]:
    return lambda values: name


_SYMMETRIES = {
    "identity": (1, 0, 0, 0, 1, 0),
    "flip": (-1, 0, 1, 0, 1, 0),
    "flip vertically": (1, 0, 0, 0, -1, 1),
    "transpose": (0, 1, 0, 1, 0, 0),
}
_NAMED: dict[int, Callable[[Floats], str]] = {
    _op_codes.WARP: _warp,
    _op_codes.LENS: _with("lens", ".2g"),
    _op_codes.SCALE: _with("brightness"),
    _op_codes.CONTRAST: _with("contrast"),
    _op_codes.AUTOCONTRAST: _alone("autocontrast"),
    _op_codes.EQUALIZE: _alone("equalize"),
    _op_codes.INVERT: _alone("invert"),
    _op_codes.POSTERIZE: lambda v: f"posterize {v[0]:.0f} bits",
    _op_codes.SOLARIZE: _with("solarize", ".0f"),
    _op_codes.SOLARIZE_ADD: _with("solarize-add", ".0f"),
    _op_codes.GAMMA: _with("gamma"),
    _op_codes.SCALE_AND_SHIFT: lambda v: (
        f"scale × {v[0]:.2f}, shift {v[1]:+.0f} {v[2]:+.0f} {v[3]:+.0f}"
    ),
    _op_codes.SATURATION: _with("saturation"),
    _op_codes.HUE: _with("hue", "+.2f"),
    _op_codes.COLOR_MATRIX: _alone("colour matrix"),
    _op_codes.SHARPNESS: _with("sharpness"),
    _op_codes.BLUR: _with("blur"),
    _op_codes.NOISE: _noise,
    _op_codes.ERASE: _erase,
}
