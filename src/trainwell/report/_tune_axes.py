"""Where the values of a search lie on a picture: numbers, names, what is left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.ticker import NullFormatter

if TYPE_CHECKING:
    from trainwell.tuning import Point, Range, Space, Value

_BELOW = 0.35  # of the lowest value of a log range: where a zero is drawn


def heights(space: Space, point: Point) -> list[float]:
    """Return where a point lies in each field, from 0 to 1; NaN where it has none."""
    from trainwell.tuning import values_at

    found = []
    for name in space:
        values = values_at(space, name, point)
        found.append(math.nan if values is None else values.share(point[name]))
    return found


def ends(space: Space, name: str) -> tuple[str, str]:
    """Return the texts at both ends of a field."""
    ranges, options = _parts(space, name)
    if options:
        return _text(options[0]), _text(options[-1])
    low = min((min(x.low, *x.beside) if x.beside else x.low) for x in ranges)
    return _text(low), _text(max(x.high for x in ranges))


def scatter(
    axes: Axes,
    space: Space,
    name: str,
    groups: Sequence[tuple[list[Value], list[float]]],
) -> list[list[float]]:
    """Prepare the axis of a field; return the places of each group's values on it."""
    ranges, options = _parts(space, name)
    if options:
        options += [x for xs, _ in groups for x in xs if x not in options]
        axes.set_xticks(range(len(options)), [_text(x) for x in options])
        axes.tick_params("x", labelrotation=20)
        return [[float(options.index(x)) for x in xs] for xs, _ in groups]
    if not all(part.log for part in ranges):
        return [[float(x) for x in xs] for xs, _ in groups]
    return _log_scatter(axes, ranges, groups)


def _log_scatter(
    axes: Axes,
    ranges: Sequence[Range],
    groups: Sequence[tuple[list[Value], list[float]]],
) -> list[list[float]]:
    low, high = min(x.low for x in ranges), max(x.high for x in ranges)
    zero = any(x == 0 for xs, _ in groups for x in xs)
    left = low * (_BELOW * 0.6 if zero else 0.8)
    axes.set_xscale("log")
    axes.set_xlim(left, high * 1.25)
    axes.xaxis.set_minor_formatter(NullFormatter())
    if zero:
        axes.annotate(
            "0",
            (low * _BELOW, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
        )
    return [[float(x) or low * _BELOW for x in xs] for xs, _ in groups]


def _parts(space: Space, name: str) -> tuple[list[Range], list[Value]]:
    """Return the ranges of a field, and its options, beside any names."""
    from trainwell.tuning import Choices, Conditional

    values = space[name]
    parts = values.table.values() if isinstance(values, Conditional) else [values]
    options = [x for part in parts if isinstance(part, Choices) for x in part.options]
    return [part for part in parts if not isinstance(part, Choices)], options


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.2g}"
