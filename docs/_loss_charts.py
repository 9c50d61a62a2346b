"""The curves of losses."""

import inspect
from collections.abc import Callable
from functools import partial

import torch
from _plot import Chart
from _sample import curve, sloped
from torch import Tensor

from trainwell import losses


def loss_chart(loss: Callable[..., Tensor]) -> Chart:
    """Return a loss over the error, or over the lead of the right class of two."""
    names = inspect.signature(loss).parameters
    title, loss = loss.__name__, _of_samples(loss)
    if "visible" in names:
        span = 2 * names["width"].default if "width" in names else 3
        return sloped(
            "error", "loss, slope", lambda d: loss(d, torch.zeros_like(d)), span
        )
    plain = _of_samples(losses.cross_entropy)
    ours = {title: loss, "cross_entropy": plain}
    if title == "cross_entropy":
        smooth = partial(plain, label_smoothing=0.1)
        ours = {"cross_entropy": plain, "with label_smoothing=0.1": smooth}
    return _lead_chart(ours, torch.tensor([1.0, 0.0]))


def kl_chart() -> Chart:
    """Return the divergence from an unsure target, which is 0 at best."""
    plain = {
        "kl_div_with_logits": _of_samples(losses.kl_div_with_logits),
        "cross_entropy": _of_samples(losses.cross_entropy),
    }
    chart = _lead_chart(plain, torch.tensor([0.8, 0.2]))
    return Chart("lead of the class with probability 0.8", "loss", chart.curves)


def label_chart(loss: Callable[..., Tensor]) -> Chart:
    """Return the loss of one label over its logit, beside binary cross-entropy."""
    logits = torch.linspace(-4, 4, 161, dtype=torch.float64)
    named = {
        loss.__name__: _of_samples(loss),
        "binary_cross_entropy": _of_samples(losses.binary_cross_entropy),
    }
    lines = (
        curve(f"{name}, {word}", logits, f(logits[:, None], truth.expand(161, 1)))
        for name, f in named.items()
        for word, truth in (("present", torch.ones(1)), ("absent", torch.zeros(1)))
    )
    return Chart("logit of the label", "loss", tuple(lines))


def quantile_chart() -> Chart:
    """Return the loss over the error for three quantiles."""
    errors = torch.linspace(-3, 3, 121, dtype=torch.float64)
    lines = (
        curve(
            f"quantile={q}",
            errors,
            losses.quantile_loss(
                errors[:, None],
                torch.zeros_like(errors)[:, None],
                quantile=q,
                reduction="none",
            ),
        )
        for q in (0.1, 0.5, 0.9)
    )
    return Chart("error", "loss", tuple(lines))


def arcface_chart() -> Chart:
    """Return the loss over the angle, with and without margin."""
    degrees = torch.linspace(0, 180, 181, dtype=torch.float64)
    cosines = torch.stack([torch.deg2rad(degrees).cos(), torch.zeros(181)], 1)
    right = torch.zeros(181, dtype=torch.int64)
    arcface = _of_samples(losses.arcface_loss)
    lines = (
        curve(f"margin={m}", degrees, arcface(cosines, right, margin=m))
        for m in (0.5, 0.0)
    )
    return Chart(
        "degrees from the right class", "loss, the wrong one at 90°", tuple(lines)
    )


def targets_chart() -> Chart:
    """Return two target distributions."""
    curves = []
    for sigma in (1.0, 2.0):
        share = losses.gaussian_targets(torch.tensor([4.3]), 10, sigma=sigma)[0]
        curves.append(curve(f"sigma={sigma:g}", range(10), share))
    return Chart("class", "target for the value 4.3", tuple(curves))


def adaptive_wing_chart() -> Chart:
    """Return the loss over the error, for cells of the background and of a point."""
    errors = torch.linspace(-1, 1, 401)[:, None]
    adaptive_wing = _of_samples(losses.adaptive_wing_loss)
    lines = (
        curve(
            f"target {y:g}",
            errors,
            adaptive_wing(errors + y, torch.full_like(errors, y)),
        )
        for y in (0.0, 0.5, 1.0)
    )
    return Chart("error", "loss", tuple(lines))


def _of_samples(loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    return partial(loss, reduction="none")


def _lead_chart(named: dict[str, Callable[..., Tensor]], target: Tensor) -> Chart:
    lead = torch.linspace(-4, 4, 161, dtype=torch.float64)
    outputs = torch.stack([lead, torch.zeros_like(lead)], 1)
    targets = target.to(lead).expand(len(lead), 2)
    lines = (curve(name, lead, f(outputs, targets)) for name, f in named.items())
    return Chart("lead of the right class", "loss", tuple(lines))
