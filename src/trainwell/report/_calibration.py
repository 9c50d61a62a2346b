"""Calibration: is what the model is 80 % sure of right 80 % of the time?

    ECE = sum_b |b|/n * |accuracy(b) - confidence(b)|

over bins b = (low, high] of equal width of the probability of the prediction.

Source: Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern Neural Networks",
2017, section 2, equation 3; 15 bins as there.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.figure import Figure

from trainwell.report._svg import ACCENT, MUTED, SECOND, draw

NUM_BINS = 15
_CLOSE = 0.02


@dataclass(frozen=True)
class Bin:
    """The predictions whose probability lies in one range.

    Attributes:
        low: Where the range begins, itself not included.
        high: Where it ends.
        count: Number of predictions.
        confidence: Their mean probability.
        accuracy: The share of right ones.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Calibration:
    """How far probabilities can be taken at their word.

    Attributes:
        bins: Those with predictions in them, by rising probability.
        error: The expected calibration error.
        confidence: Mean probability of the predictions.
        accuracy: Fraction of correct predictions.
    """

    bins: tuple[Bin, ...]
    error: float
    confidence: float
    accuracy: float

    @property
    def words(self) -> str:
        """One sentence on which way it errs."""
        numbers = (
            f"It says {self.confidence:.3f} on average and is right "
            f"{self.accuracy:.3f} of the time"
        )
        gap = self.confidence - self.accuracy
        if abs(gap) <= _CLOSE:
            return f"{numbers}: sure enough, and no surer."
        return f"{numbers}: too {'sure' if gap > 0 else 'modest'} by {abs(gap):.3f}."


def calibrate(
    probabilities: npt.NDArray[np.floating],
    targets: npt.NDArray[np.int64],
    num_bins: int = NUM_BINS,
) -> Calibration:
    """Compare the probability of predictions with how often they are correct.

    Args:
        probabilities: (n, classes).
        targets: (n,) class indices.
        num_bins: Bins of equal width over (0, 1].
    """
    confidence = probabilities.max(1).astype(np.float64)
    right = probabilities.argmax(1) == targets
    edges = np.linspace(0, 1, num_bins + 1)
    places = np.digitize(confidence, edges[1:-1], right=True)
    bins = tuple(
        Bin(
            low=float(edges[place]),
            high=float(edges[place + 1]),
            count=int((places == place).sum()),
            confidence=float(confidence[places == place].mean()),
            accuracy=float(right[places == place].mean()),
        )
        for place in np.unique(places)
    )
    return Calibration(
        bins=bins,
        error=sum(b.count * abs(b.accuracy - b.confidence) for b in bins)
        / len(targets),
        confidence=float(confidence.mean()),
        accuracy=float(right.mean()),
    )


def picture(calibration: Calibration) -> Markup:
    """Return accuracy over probability, and how many predictions there are of each."""

    def paint(figure: Figure) -> None:
        upper, lower = figure.subplots(2, sharex=True, height_ratios=[4, 1])
        sure = [b.confidence for b in calibration.bins]
        right = [b.accuracy for b in calibration.bins]
        counts = [b.count for b in calibration.bins]
        upper.plot([0, 1], [0, 1], "--", color=MUTED, linewidth=1)
        upper.vlines(sure, sure, right, color=SECOND, linewidth=3, alpha=0.55)
        upper.plot(sure, right, "o-", color=ACCENT, markersize=5, linewidth=1.4)
        upper.set(xlim=(0, 1.01), ylim=(-0.03, 1.03), ylabel="accuracy")
        middles = [(b.low + b.high) / 2 for b in calibration.bins]
        lower.bar(middles, counts, width=0.9 / NUM_BINS, color=ACCENT, alpha=0.7)
        lower.set(xlabel="probability of the prediction", ylabel="predictions")

    label = (
        f"Calibration plot: expected calibration error {calibration.error:.3f}. "
        f"{calibration.words}"
    )
    return draw(paint, name="calibration", label=label, size=(4.4, 4.0))
