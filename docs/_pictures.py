"""Which techniques have a picture, and its curves, computed by the technique itself."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from _loss_charts import (
    adaptive_wing_chart,
    arcface_chart,
    kl_chart,
    label_chart,
    loss_chart,
    quantile_chart,
    targets_chart,
)
from _paths import path_chart
from _plot import Chart
from _sample import curve, sloped
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
        return path_chart(technique.name)
    if section == "schedule":
        return schedule_chart({"factor": value()})
    if section == "penalty":
        return penalty_chart(value)
    if section == "activation" and "=" in technique.recipe:
        layer = technique.row.builder()()
        return sloped("x", "f(x), f\N{PRIME}(x)", layer, 5)
    if section == "loss":
        return loss_chart(value)
    return None


def schedule_chart(named: dict[str, Callable[[float], float]]) -> Chart:
    """Return schedules over the progress of a run."""
    lines = (curve(name, _PROGRESS, map(f, _PROGRESS)) for name, f in named.items())
    return Chart("progress", "factor on the rate", tuple(lines))


def penalty_chart(penalty: Callable[..., Tensor]) -> Chart:
    """Return what one weight costs, and how hard it is pulled."""
    return sloped(
        "weight",
        "penalty, slope",
        lambda w: torch.stack([penalty([v]) for v in w.flatten()]),
        3,
    )


def _maxout() -> Chart:
    x = torch.linspace(-3, 3, 241)
    pieces = torch.stack([-0.8 * x - 1, 0.2 * x + 0.3, x - 1], 1)
    largest = activations.Maxout(pieces=3)(pieces)
    lines = [curve("largest of three pieces", x, largest)]
    lines += [curve(f"piece {i + 1}", x, pieces[:, i]) for i in range(3)]
    return Chart("x", "f(x)", tuple(lines))


def _soft_threshold() -> Chart:
    before = torch.linspace(-2, 2, 401)
    after = before.clone()
    penalties.soft_threshold_([after], 0.5)
    curves = (curve("amount 0.5", before, after), curve("unchanged", before, before))
    return Chart("weight before", "weight after", curves)


def _plateau() -> Chart:
    count = list(range(1, 31))
    scores = [0.9 * (1 - math.exp(-min(n, 15) / 4)) for n in count]
    factors = [schedules.reduce_on_plateau(scores[:n]) for n in count]
    curves = (
        curve("factor on the rate", count, factors),
        curve("validation accuracy", count, scores),
    )
    return Chart("evaluations", "factor, accuracy", curves)


def _scale_rate() -> Chart:
    sizes = list(range(32, 1025, 8))

    def rates(rule: Any) -> list[float]:  # noqa: ANN401
        return [schedules.scale_rate(0.1, batch_size=b, rule=rule) for b in sizes]

    curves = [curve(rule, sizes, rates(rule)) for rule in ("linear", "sqrt")]
    return Chart("batch size", "rate, from 0.1 at 256", tuple(curves))


def _gradual() -> Chart:
    share = partial(prune.gradual_share, share=0.8)
    chart = schedule_chart({"removed": share})
    return Chart("progress", "share removed", chart.curves)


_SPECIAL: dict[Any, Callable[[], Chart | None]] = {
    activations.Maxout: _maxout,
    losses.label_distribution_loss: lambda: None,  # that of gaussian_targets says it
    losses.kl_div_with_logits: kl_chart,
    losses.adaptive_wing_loss: adaptive_wing_chart,
    losses.arcface_loss: arcface_chart,
    losses.asymmetric_loss: partial(label_chart, losses.asymmetric_loss),
    losses.binary_cross_entropy: partial(label_chart, losses.binary_cross_entropy),
    losses.binary_focal_loss: partial(label_chart, losses.binary_focal_loss),
    losses.quantile_loss: quantile_chart,
    losses.balanced_weights: lambda: None,
    losses.gaussian_targets: targets_chart,
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
