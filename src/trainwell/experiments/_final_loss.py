"""Whether a network trains at all: its final loss over that of guessing."""

from collections.abc import Sequence
from math import log

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trainwell.experiments._claim import Measured
from trainwell.experiments._draw import draw_curves

TRAINS = 0.8
"""Loss over that of guessing below which a network is said to train."""
_WORST = 3.0  # a loss worse than so many times that of guessing is all the same
_LAST = 20


def final_loss(losses: Sequence[float], num_classes: int) -> float:
    """Return the mean of the last 20 losses over that of guessing, at most 3.

    Example:
        >>> final_loss([9.0, *[0.0] * 20], 10), final_loss([float("inf")], 10)
        (0.0, 3.0)
    """
    return min(float(np.mean(losses[-_LAST:])) / log(num_classes), _WORST)


def draw_final_losses(
    figure: Figure,
    runs: Sequence[Measured],
    names: Sequence[str],
    *,
    x: Sequence[float],
    xlabel: str,
) -> Axes:
    """Draw final losses over a logarithmic axis, and below which a network trains.

    Example:
        >>> from matplotlib.figure import Figure
        >>> runs = [{"a": [0.5, 1.0]}]
        >>> axes = draw_final_losses(Figure(), runs, ["a"], x=[1, 10], xlabel="rate")
        >>> axes.get_xscale()
        'log'
    """
    axes = draw_curves(
        figure,
        runs,
        names,
        x=x,
        xlabel=xlabel,
        ylabel="final loss over that of guessing",
    )
    axes.axhline(TRAINS, linestyle=":", color="C5")
    axes.set(xscale="log", ylim=(0, 1.5))
    return axes
