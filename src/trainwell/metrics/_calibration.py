"""Calibration: is what the model is 80 % sure of right 80 % of the time?

    ECE = sum_b |b|/n * |accuracy(b) - confidence(b)|

over bins b = (low, high] of equal width of the probability of the prediction.

Use: to see whether probabilities can be taken at their word.
Side effects: none; a thousand images of honest probabilities give some 0.03 by chance.
Source: Guo, Pleiss, Sun & Weinberger, "On Calibration of Modern Neural Networks",
2017, section 2, equation 3; 15 bins as there.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

    Example:
        >>> p = np.array([[0.65, 0.35], [0.65, 0.35]])
        >>> calibrate(p, np.array([0, 0])).words
        'It says 0.650 on average and is right 1.000 of the time: too modest by 0.350.'
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

    Example:
        >>> found = calibrate(np.array([[0.9, 0.1], [0.7, 0.3]]), np.array([0, 0]))
        >>> round(found.error, 3), round(found.confidence, 3), found.accuracy
        (0.2, 0.8, 1.0)
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
