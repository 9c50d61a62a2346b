"""Draw curves as SVG that takes its colours from the page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 28, 40


@dataclass(frozen=True)
class Curve:
    """A line through points."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """Curves over common axes; `y_label` stands above the upright axis.

    Contours are drawn thinly behind the curves.
    """

    x_label: str
    y_label: str
    curves: tuple[Curve, ...]
    contours: tuple[Curve, ...] = ()


def ticks(low: float, high: float, *, most: int = 6) -> list[float]:
    """Return at most so many round numbers between two ends."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(s * power for s in (1, 2, 5, 10, 20) if span / (s * power) < most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def figure(chart: Chart) -> str:
    """Return a chart with a key below it, as one block of HTML."""
    key = " ".join(
        f'<span class="key-{i}">{escape(curve.label)}</span>'
        for i, curve in enumerate(chart.curves)
    )
    caption = f"<figcaption>{key}</figcaption>" if len(chart.curves) > 1 else ""
    return f'<figure class="chart" markdown="0">{svg(chart)}{caption}</figure>'


def svg(chart: Chart) -> str:
    """Return a chart without its key."""
    curves = (*chart.curves, *chart.contours)
    x_low, x_high = _ends(v for curve in curves for v in curve.xs)
    y_low, y_high = _ends([0.0, *(v for curve in curves for v in curve.ys)])
    margin = 0.04 * (y_high - y_low)
    y_low, y_high = y_low - margin, y_high + margin
    right, floor = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM

    def across(x: float) -> float:
        return _LEFT + (x - x_low) / (x_high - x_low) * (right - _LEFT)

    def up(y: float) -> float:
        return floor - (y - y_low) / (y_high - y_low) * (floor - _TOP)

    parts = [_text(_LEFT, 14, chart.y_label, "start", "name")]
    parts.append(
        _text((_LEFT + right) / 2, _HEIGHT - 4, chart.x_label, "middle", "name")
    )
    for y in ticks(y_low, y_high):
        parts.append(_line(_LEFT, up(y), right, up(y), y))
        parts.append(_text(_LEFT - 6, up(y) + 4, _number(y), "end", "y"))
    for x in ticks(x_low, x_high):
        parts.append(_line(across(x), floor, across(x), floor + 4, x))
        parts.append(_text(across(x), floor + 18, _number(x), "middle", "x"))
    kinds = [f"curve-{i}" for i, _ in enumerate(chart.curves)]
    kinds += ["contour"] * len(chart.contours)
    for kind, curve in zip(kinds, curves, strict=True):
        points = zip(curve.xs, curve.ys, strict=True)
        path = " ".join(f"{across(x):.2f},{up(y):.2f}" for x, y in points)
        parts.append(f'<polyline class="{kind}" points="{path}"/>')
    label = escape(f"{chart.y_label} over {chart.x_label}", quote=True)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(reversed(parts))}</svg>'
    )


def _ends(values: Iterable[float]) -> tuple[float, float]:
    found = list(values)
    return min(found), max(found)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _text(x: float, y: float, text: str, anchor: str, kind: str) -> str:
    place = f'x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" class="{kind}"'
    return f"<text {place}>{escape(text)}</text>"


def _line(x1: float, y1: float, x2: float, y2: float, value: float) -> str:
    kind = "zero" if abs(value) < 1e-9 and y1 == y2 else "tick"
    ends = f'x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
    return f'<line class="{kind}" {ends}/>'
