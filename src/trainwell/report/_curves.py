"""Curves of a run: accuracy, loss, the loss of every log step, the learning rate.

The loss of the steps is that of augmented images, with label smoothing if there is
any; the other two measure training and validation images alike.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from trainwell.core.headline import capital, spoken
from trainwell.report._svg import ACCENT, MUTED, SECOND, draw

Line = dict[str, Any]

_LEAP = 20.0  # times the median loss, above which a linear scale shows nothing else
_MOST_POINTS = 400  # of a line; more cannot be seen and make the file large


@dataclass(frozen=True)
class Panel:
    """A picture with its title and what its lines are.

    Attributes:
        title: What is shown.
        svg: The picture.
        keys: Kind of line (a CSS class) and what it stands for.
    """

    title: str
    svg: Markup
    keys: tuple[tuple[str, str], ...]


def moving_average(values: npt.ArrayLike, window: int) -> npt.NDArray[np.float64]:
    """Return the mean over a window centred on each value, cut short at the ends.

    Args:
        values: (n,).
        window: How many values it spans; odd.
    """
    values = np.asarray(values, np.float64)
    places = np.arange(len(values))
    low = np.maximum(places - window // 2, 0)
    high = np.minimum(places + window // 2 + 1, len(values))
    sums = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray((sums[high] - sums[low]) / (high - low))


def panels(
    lines: Sequence[Line], best_epoch: float, headline: str = "accuracy"
) -> list[Panel]:
    """Return the pictures for which the metrics have numbers."""
    steps = [line for line in lines if line["event"] == "train"]
    evaluations = [line for line in lines if line["event"] == "evaluate"]
    drawn = []
    if evaluations:
        drawn += [
            _judged(evaluations, headline, best_epoch),
            _judged(evaluations, "loss", best_epoch),
        ]
    if steps:
        drawn += [_step_loss(steps), _rate(steps)]
    return drawn


def _judged(evaluations: Sequence[Line], what: str, best_epoch: float) -> Panel:
    epochs = [line["epoch"] for line in evaluations]
    train = [line[f"train_{what}"] for line in evaluations]
    val = [line[f"val_{what}"] for line in evaluations]
    best = int(np.argmin(np.abs(np.array(epochs) - best_epoch)))

    def paint(axes: Axes) -> None:
        axes.axvline(epochs[best], color=MUTED, linewidth=1, linestyle=":")
        axes.plot(epochs, train, "o--", color=SECOND, markersize=3, linewidth=1.4)
        axes.plot(epochs, val, "o-", color=ACCENT, markersize=3)
        axes.plot(epochs[best], val[best], "o", ms=10, mfc="none", mec=ACCENT, mew=1.6)
        if what == "accuracy":
            low, high = axes.get_ylim()
            axes.set_ylim(max(low, -0.01), min(high, 1.01))
        elif what in ("loss", "mae"):
            finite = filter(math.isfinite, train + val)
            axes.set_ylim(0, 1.08 * max(finite, default=1) or 1.0)

    label = (
        f"Validation and training {spoken(what)} at each evaluation. At the best "
        f"epoch, {epochs[best]:g}: validation {val[best]:.3f}, training "
        f"{train[best]:.3f}."
    )
    return Panel(
        title=capital(spoken(what)),
        svg=_draw(paint, f"curve-{what}", label),
        keys=(
            ("val", "validation"),
            ("train", "training, not augmented"),
            ("best", f"best epoch, {epochs[best]:g}"),
        ),
    )


def _step_loss(steps: Sequence[Line]) -> Panel:
    epochs = np.array([line["epoch"] for line in steps])
    losses = np.array([line["loss"] for line in steps])
    window = max(3, len(steps) // 10 | 1)
    mean = moving_average(losses, window)
    few = _spread(len(steps))
    leaps = losses.min() > 0 and losses.max() > _LEAP * np.median(losses)

    def paint(axes: Axes) -> None:
        axes.plot(epochs[few], losses[few], color=SECOND, alpha=0.4, linewidth=1)
        axes.plot(epochs[few], mean[few], color=SECOND)
        if leaps:
            axes.set_yscale("log")
            axes.grid(visible=False, axis="y", which="minor")

    label = f"Loss of the training steps, from {mean[0]:.3f} to {mean[-1]:.3f}."
    if leaps:
        label += f" It leaps to {losses.max():.3g}; the scale is logarithmic."
    return Panel(
        title="Loss of the steps",
        svg=_draw(paint, "curve-steps", label),
        keys=(
            ("steps", "as trained on"),
            ("mean", f"moving average of {min(window, len(steps))}"),
        ),
    )


def _rate(steps: Sequence[Line]) -> Panel:
    few = _spread(len(steps))
    epochs = [steps[i]["epoch"] for i in few]
    rates = [steps[i]["lr"] for i in few]

    def paint(axes: Axes) -> None:
        axes.plot(epochs, rates, color=ACCENT)
        axes.set_ylim(0, max(rates) * 1.05 or 1.0)

    label = (
        f"Learning rate, {max(rates):.3g} at its highest, {rates[-1]:.3g} at the end."
    )
    return Panel("Learning rate", _draw(paint, "curve-rate", label), keys=())


def _draw(paint: Callable[[Axes], None], name: str, label: str) -> Markup:
    return draw(partial(_on_one_axes, paint), name=name, label=label)


def _on_one_axes(paint: Callable[[Axes], None], figure: Figure) -> None:
    axes = figure.add_subplot()
    paint(axes)
    axes.set_xlim(0, 1.04 * axes.dataLim.x1 or 1.0)  # of no step: from 0 to 1
    axes.set_xlabel("epoch")
    axes.grid(visible=False, axis="x")


def _spread(length: int) -> npt.NDArray[np.int64]:
    return np.unique(np.linspace(0, length - 1, min(length, _MOST_POINTS)).astype(int))
