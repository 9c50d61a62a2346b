"""Activations and gradients over depth, as pictures."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FormatStrFormatter, LogLocator, MaxNLocator, NullFormatter

from trainwell.diagnose import Layer
from trainwell.report._curves import Panel
from trainwell.report._svg import ACCENT, SECOND, draw

_NEXT_TO_NONE = 1e-3  # share below which there is nothing to draw
_DECADES = 1.5  # that a logarithmic axis shows at least
_FEW_DECADES = 2.2  # up to which 2 and 5 are written between powers of ten
_MOST_MARKED = 40  # points; with more of them only the line is drawn


def init_panels(layers: Sequence[Layer]) -> list[Panel]:
    """Return the pictures that these layers give."""
    panels = [_deviations(layers)]
    if any(row.gradient_norm for row in layers):
        panels.append(_gradients(layers))
    if any((row.saturated or 0) + (row.dead or 0) > _NEXT_TO_NONE for row in layers):
        panels.append(_shares(layers))
    return panels


def _deviations(layers: Sequence[Layer]) -> Panel:
    before = [(row.depth, row.std) for row in layers if row.role == "weight"]
    after = [(row.depth, row.std) for row in layers if row.role == "activation"]

    def paint(axes: Axes) -> None:
        _line(axes, before, "o--", SECOND)
        _line(axes, after, "o-", ACCENT)
        _logarithmic(axes)

    points = after or before
    label = (
        f"Standard deviation of the outputs, from {points[0][1]:.2g} at layer "
        f"{points[0][0]} to {points[-1][1]:.2g} at layer {points[-1][0]}."
    )
    keys = [("val", "after the activation")] if after else []
    if before:
        keys.append(("train", "before it"))
    return Panel("Standard deviation", _draw(paint, "init-std", label), tuple(keys))


def _gradients(layers: Sequence[Layer]) -> Panel:
    points = [
        (row.depth, row.gradient_norm)
        for row in layers
        if row.gradient_norm is not None
    ]

    def paint(axes: Axes) -> None:
        _line(axes, points, "o-", ACCENT)
        _logarithmic(axes)

    label = (
        f"Norm of the gradient over that of the weight, {points[0][1]:.2g} in the "
        f"first layer, {points[-1][1]:.2g} in the last."
    )
    return Panel("Gradient over weight", _draw(paint, "init-gradient", label), ())


def _shares(layers: Sequence[Layer]) -> Panel:
    saturated = [(r.depth, r.saturated) for r in layers if r.saturated is not None]
    dead = [(r.depth, r.dead) for r in layers if r.dead is not None]

    def paint(axes: Axes) -> None:
        _line(axes, saturated, "o--", SECOND, keep_zero=True)
        _line(axes, dead, "o-", ACCENT, keep_zero=True)
        axes.set_ylim(-0.03, 1.03)

    keys, words = [], []
    if dead:
        keys.append(("val", "dead units"))
        words.append(f"at most {max(share for _, share in dead):.3f} of units dead")
    if saturated:
        keys.append(("train", "saturated outputs"))
        most = max(share for _, share in saturated)
        words.append(f"at most {most:.3f} of outputs saturated")
    label = f"Shares per layer: {', '.join(words)}."
    return Panel("Dead or saturated", _draw(paint, "init-share", label), tuple(keys))


def _line(
    axes: Axes,
    points: Sequence[tuple[int, float]],
    style: str,
    color: str,
    *,
    keep_zero: bool = False,
) -> None:
    """Draw a line; what a logarithmic axis cannot show is a gap."""
    if not points:
        return
    values = [
        value if math.isfinite(value) and (value > 0 or keep_zero) else math.nan
        for _, value in points
    ]
    size = 3.5 if len(points) <= _MOST_MARKED else 0
    axes.plot([depth for depth, _ in points], values, style, color=color, ms=size)


def _logarithmic(axes: Axes) -> None:
    """Show at least a decade and a half, so that a level line looks level."""
    axes.set_yscale("log")
    low, high = (math.log10(v) for v in axes.get_ylim())
    room = max(0, _DECADES - (high - low)) / 2
    axes.set_ylim(10 ** (low - room), 10 ** (high + room))
    few = high - low + 2 * room < _FEW_DECADES
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,)))
    axes.yaxis.set_major_formatter(FormatStrFormatter("%g"))
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.minorticks_off()


def _draw(paint: Callable[[Axes], None], name: str, label: str) -> Markup:
    return draw(partial(_on_one_axes, paint), name=name, label=label, size=(3.6, 2.5))


def _on_one_axes(paint: Callable[[Axes], None], figure: Figure) -> None:
    axes = figure.add_subplot()
    paint(axes)
    axes.set_xlabel("layer")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=False, axis="x")
