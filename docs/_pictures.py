"""Which techniques have a picture, and its curves, computed by the technique itself."""

import inspect
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from _paths import path_chart
from _plot import Chart, Curve
from torch import Tensor

from trainwell import losses, prune, schedules
from trainwell.layers import activations
from trainwell.losses import penalties
from trainwell.recipes import Technique, value_of

_PROGRESS = [i / 400 for i in range(401)]


def chart_of(technique: Technique) -> Chart | None:
    """Return the picture of a technique, or None."""
    value = value_of(technique)
    if value in _SPECIAL:
        return _SPECIAL[value]()
    section = technique.recipe.partition(".name=")[0]
    if section == "optimizer":
        return path_chart(value)
    if section == "schedule":
        return schedule_chart({"factor": value()})
    if section == "penalty":
        return penalty_chart(value)
    if section == "activation" and "=" in technique.recipe:
        layer = value()
        return _sloped("x", "f(x), f\N{PRIME}(x)", layer, 5)
    if section == "loss":
        return loss_chart(value)
    return None


def schedule_chart(named: dict[str, Callable[[float], float]]) -> Chart:
    """Return schedules over the progress of a run."""
    lines = (_curve(name, _PROGRESS, map(f, _PROGRESS)) for name, f in named.items())
    return Chart("progress", "factor on the rate", tuple(lines))


def penalty_chart(penalty: Callable[..., Tensor]) -> Chart:
    """Return what one weight costs, and how hard it is pulled."""
    return _sloped(
        "weight",
        "penalty, slope",
        lambda w: torch.stack([penalty([v]) for v in w.flatten()]),
        3,
    )


def loss_chart(loss: Callable[..., Tensor]) -> Chart:
    """Return a loss over the error, or over the lead of the right class of two."""
    names = inspect.signature(loss).parameters
    if "visible" in names:
        span = 2 * names["width"].default if "width" in names else 3
        return _sloped(
            "error", "loss, slope", lambda d: loss(d, torch.zeros_like(d)), span
        )
    plain = losses.cross_entropy
    ours = {getattr(loss, "__name__", ""): loss, "cross_entropy": plain}
    if loss is plain:
        smooth = partial(plain, label_smoothing=0.1)
        ours = {"cross_entropy": plain, "with label_smoothing=0.1": smooth}
    return _lead_chart(ours, torch.tensor([1.0, 0.0]))


def _lead_chart(named: dict[str, Callable[..., Tensor]], target: Tensor) -> Chart:
    lead = torch.linspace(-4, 4, 161, dtype=torch.float64)
    outputs = torch.stack([lead, torch.zeros_like(lead)], 1)
    targets = target.to(lead).expand(len(lead), 2)
    lines = (_curve(name, lead, f(outputs, targets)) for name, f in named.items())
    return Chart("lead of the right class", "loss", tuple(lines))


def _sloped(
    x_label: str, y_label: str, f: Callable[[Tensor], Tensor], span: float
) -> Chart:
    """Return a function from -span to span, and its derivative."""
    x = torch.linspace(-span, span, 401)[:, None].requires_grad_()
    y = f(x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    name, derivative = y_label.split(", ")
    curves = (_curve(name, x, y), _curve(derivative, x, slope))
    return Chart(x_label, y_label, curves)


def _kl_divergence() -> Chart:
    plain = {
        "kl_divergence": losses.kl_divergence,
        "cross_entropy": losses.cross_entropy,
    }
    chart = _lead_chart(plain, torch.tensor([0.8, 0.2]))
    return Chart("lead of the class with probability 0.8", "loss", chart.curves)


def _maxout() -> Chart:
    x = torch.linspace(-3, 3, 241)
    pieces = torch.stack([-0.8 * x - 1, 0.2 * x + 0.3, x - 1], 1)
    largest = activations.maxout(pieces=3)(pieces)
    lines = [_curve("largest of three pieces", x, largest)]
    lines += [_curve(f"piece {i + 1}", x, pieces[:, i]) for i in range(3)]
    return Chart("x", "f(x)", tuple(lines))


def _arcface() -> Chart:
    degrees = torch.linspace(0, 180, 181, dtype=torch.float64)
    cosines = torch.stack([torch.deg2rad(degrees).cos(), torch.zeros(181)], 1)
    right = torch.zeros(181, dtype=torch.int64)
    lines = (
        _curve(f"margin={m}", degrees, losses.arcface(cosines, right, margin=m))
        for m in (0.5, 0.0)
    )
    return Chart(
        "degrees from the right class", "loss, the wrong one at 90°", tuple(lines)
    )


def _gaussian_targets() -> Chart:
    curves = []
    for sigma in (1.0, 2.0):
        share = losses.gaussian_targets(torch.tensor([4.3]), 10, sigma=sigma)[0]
        curves.append(_curve(f"sigma={sigma:g}", range(10), share))
    return Chart("class", "target for the value 4.3", tuple(curves))


def _soft_threshold() -> Chart:
    before = torch.linspace(-2, 2, 401)
    after = before.clone()
    penalties.soft_threshold_([after], 0.5)
    curves = (_curve("amount 0.5", before, after), _curve("unchanged", before, before))
    return Chart("weight before", "weight after", curves)


def _plateau() -> Chart:
    count = list(range(1, 31))
    scores = [0.9 * (1 - math.exp(-min(n, 15) / 4)) for n in count]
    factors = [schedules.reduce_on_plateau(scores[:n]) for n in count]
    curves = (
        _curve("factor on the rate", count, factors),
        _curve("validation accuracy", count, scores),
    )
    return Chart("evaluations", "factor, accuracy", curves)


def _scale_rate() -> Chart:
    sizes = list(range(32, 1025, 8))

    def rates(rule: Any) -> list[float]:  # noqa: ANN401
        return [schedules.scale_rate(0.1, batch_size=b, rule=rule) for b in sizes]

    curves = [_curve(rule, sizes, rates(rule)) for rule in ("linear", "sqrt")]
    return Chart("batch size", "rate, from 0.1 at 256", tuple(curves))


def _gradual() -> Chart:
    share = partial(prune.gradual_share, share=0.8)
    chart = schedule_chart({"removed": share})
    return Chart("progress", "share removed", chart.curves)


def _curve(label: str, xs: Any, ys: Any) -> Curve:  # noqa: ANN401
    return Curve(label, _numbers(xs), _numbers(ys))


def _numbers(values: Sequence[float] | Tensor) -> tuple[float, ...]:
    if isinstance(values, Tensor):
        values = values.detach().flatten().tolist()
    return tuple(map(float, values))


_SPECIAL: dict[Any, Callable[[], Chart | None]] = {
    activations.maxout: _maxout,
    losses.label_distribution: lambda: None,  # that of gaussian_targets says it
    losses.kl_divergence: _kl_divergence,
    losses.arcface: _arcface,
    losses.balanced_weights: lambda: None,
    losses.gaussian_targets: _gaussian_targets,
    penalties.soft_threshold_: _soft_threshold,
    prune.gradual_share: _gradual,
    schedules.reduce_on_plateau: _plateau,
    schedules.scale_rate: _scale_rate,
    schedules.join: lambda: schedule_chart(
        {
            "triangle, then constant": schedules.join(
                [schedules.triangle(), schedules.constant(), schedules.cosine()],
                [0.25, 0.5],
            )
        }
    ),
    schedules.warmup: lambda: schedule_chart(
        {"warmup(cosine(), 0.1)": schedules.warmup(schedules.cosine(), 0.1)}
    ),
    schedules.restarts: lambda: schedule_chart(
        {"restarts(linear())": schedules.restarts(schedules.linear())}
    ),
}
"""Pictures that no kind has in common."""
