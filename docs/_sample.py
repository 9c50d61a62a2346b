"""Sample functions into curves."""

from collections.abc import Callable, Iterable

import torch
from _plot import Chart, Curve
from torch import Tensor

Points = Iterable[float] | Tensor


def curve(label: str, xs: Points, ys: Points) -> Curve:
    """Return a curve through points."""
    return Curve(label, _numbers(xs), _numbers(ys))


def sloped(
    x_label: str, y_label: str, f: Callable[[Tensor], Tensor], span: float
) -> Chart:
    """Return a function from -span to span, and its derivative."""
    x = torch.linspace(-span, span, 401)[:, None].requires_grad_()
    y = f(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    name, derivative = y_label.split(", ")
    curves = (curve(name, x, y), curve(derivative, x, slope))
    return Chart(x_label, y_label, curves)


def _numbers(values: Points) -> tuple[float, ...]:
    if isinstance(values, Tensor):
        values = values.detach().flatten().tolist()
    return tuple(map(float, values))
