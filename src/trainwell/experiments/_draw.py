"""Two pictures that most experiments draw: a point per seed, and curves."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trainwell.experiments._claim import Measured

_WIDTH = 0.6


def column(runs: Sequence[Measured], name: str) -> list[float]:
    """Return one number of every seed.

    Example:
        >>> column([{"a": 1.0}, {"a": 2.0}], "a")
        [1.0, 2.0]
    """
    return [run[name] for run in runs]


def differences(runs: Sequence[Measured], name: str, other: str) -> list[float]:
    """Return by how much one number exceeds another in every seed.

    Example:
        >>> differences([{"a": 3.0, "b": 1.0}], "a", "b")
        [2.0]
    """
    return [run[name] - run[other] for run in runs]


def draw_points(
    figure: Figure,
    runs: Sequence[Measured],
    names: Sequence[str] | Mapping[str, str],
    *,
    xlabel: str,
    log: bool = False,
) -> Axes:
    """Draw a row for each number: a point per seed and their mean.

    Args:
        figure: Empty.
        runs: Numbers of all seeds.
        names: Which are drawn, from top to bottom; with what they are called, if that
            differs.
        xlabel: What the numbers are, with their unit.
        log: Whether the axis is logarithmic.

    Example:
        >>> from matplotlib.figure import Figure
        >>> runs = [{"a": 1.0}, {"a": 3.0}]
        >>> axes = draw_points(Figure(), runs, ["a"], xlabel="steps")
        >>> axes.get_xlabel()
        'steps'
    """
    labels = names if isinstance(names, Mapping) else {name: name for name in names}
    axes = figure.subplots()
    for row, name in enumerate(labels):
        values = [value for value in column(runs, name) if np.isfinite(value)]
        color = f"C{row % 6}"
        axes.plot(
            values, [row] * len(values), "o", color=color, alpha=0.5, markersize=5
        )
        if values:
            mean = np.mean(values)
            axes.plot(
                [mean, mean], [row - 0.25, row + 0.25], color=color, linewidth=2.5
            )
    axes.set_yticks(range(len(labels)), labels.values())
    axes.set(xlabel=xlabel, ylim=(len(labels) - 1 + _WIDTH, -_WIDTH))
    if log:
        axes.set_xscale("log")
    return axes


def draw_curves(
    figure: Figure,
    runs: Sequence[Measured],
    names: Sequence[str] | Mapping[str, str],
    *,
    x: Sequence[float] | None = None,
    xlabel: str,
    ylabel: str,
    log: bool = False,
) -> Axes:
    """Draw lists of numbers as curves: every seed thin, their mean thick.

    Args:
        figure: Empty.
        runs: Lists of equal length, of all seeds.
        names: Which are drawn; with what they are called, if that differs.
        x: Places of the numbers; from 0 to 1 by default.
        xlabel: What these are.
        ylabel: What the numbers are.
        log: Whether the upright axis is logarithmic.

    Example:
        >>> from matplotlib.figure import Figure
        >>> runs = [{"loss": [2.0, 1.0]}]
        >>> draw_curves(Figure(), runs, ["loss"], xlabel="t", ylabel="l").get_ylabel()
        'l'
    """
    labels = names if isinstance(names, Mapping) else {name: name for name in names}
    axes = figure.subplots()
    for i, (name, label) in enumerate(labels.items()):
        curves = np.array([run[name] for run in runs], dtype=float)
        curves[~np.isfinite(curves)] = np.nan
        places = np.linspace(0, 1, curves.shape[1]) if x is None else np.asarray(x)
        color = f"C{i % 6}"
        for curve in curves if len(curves) > 1 else ():
            axes.plot(places, curve, color=color, linewidth=0.6, alpha=0.5)
        axes.plot(places, curves.mean(0), color=color, label=label)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    if log:
        axes.set_yscale("log")
    axes.legend(frameon=False)
    return axes


def thinned(values: Sequence[float], count: int = 100) -> list[float]:
    """Return means of so many parts of a list, for a curve without its noise.

    Example:
        >>> thinned([1.0, 3.0, 5.0, 7.0], 2)
        [2.0, 6.0]
    """
    parts = np.array_split(np.asarray(values, dtype=float), min(count, len(values)))
    return [float(part.mean()) for part in parts]
