"""The paths of optimizers down one ill-conditioned valley."""

import inspect
from collections.abc import Callable
from typing import Any

import torch
from _plot import Chart, Curve
from torch import Tensor, nn

from trainwell.core.techniques import builders

_START = (-4.0, 1.5)
_STEEPNESS = 20.0
_STEPS = 40
_RATES = {  # the same speed along the valley, or what the method calls for
    "sgd": 0.08,
    "momentum": 0.02,
    "nesterov": 0.02,
    "adagrad": 1.0,
    "rmsprop": 0.15,
    "adam": 0.3,
    "adamw": 0.3,
    "newton": 1.0,
    "bfgs": 1.0,
    "lbfgs": 1.0,
}


def path_chart(name: str) -> Chart | None:
    """Return an optimizer's path beside that of gradient descent, where it has one."""
    if name not in _RATES:
        return None
    compared = dict.fromkeys((name, "sgd"))
    curves = tuple(_path(one, _RATES[one]) for one in compared)
    valley = f"(x\N{SUPERSCRIPT TWO} + {_STEEPNESS:g} y\N{SUPERSCRIPT TWO}) / 2"
    label = f"y; {_STEPS} steps on {valley}"
    return Chart("x", label, curves, contours=tuple(map(_contour, (1, 4, 10, 20))))


def _height(place: Tensor) -> Tensor:
    x, y = place
    height: Tensor = (x**2 + _STEEPNESS * y**2) / 2
    return height


def _path(name: str, lr: float) -> Curve:
    make = builders("optimizer")[name]
    place = nn.Parameter(torch.tensor(_START, dtype=torch.float64))
    one_move = {"iterations": 1} if "iterations" in _names(make) else {}
    optimizer = make([place], lr, **one_move)
    places = [_START]

    def closure() -> Tensor:
        optimizer.zero_grad()
        height = _height(place)
        height.backward()
        return height

    for _ in range(_STEPS):
        optimizer.step(closure)
        places.append(tuple(place.tolist()))
    xs, ys = zip(*places, strict=True)
    return Curve(f"{name}, lr={lr:g}", xs, ys)


def _names(make: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(make).parameters)


def _contour(height: float) -> Curve:
    """Return the ellipse on which the valley has this height."""
    angle = torch.linspace(0, 2 * torch.pi, 91)
    xs = (2 * height) ** 0.5 * angle.cos()
    ys = (2 * height / _STEEPNESS) ** 0.5 * angle.sin()
    return Curve("", tuple(xs.tolist()), tuple(ys.tolist()))
