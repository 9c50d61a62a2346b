"""The metric that trials are compared by, and how their scores are shown."""

from dataclasses import dataclass

from trainwell.core.headline import spoken
from trainwell.report._number_format import digits


@dataclass(frozen=True)
class ScoredBy:
    """The metric that trials are compared by.

    Attributes:
        name: Name of the metric.
        lower_is_better: Whether scores are its negative.

    Example:
        >>> ScoredBy("mae", lower_is_better=True).text(-0.25)
        '0.250'
    """

    name: str = "accuracy"
    lower_is_better: bool = False

    @property
    def spoken(self) -> str:
        """The name as it is shown."""
        return spoken(self.name)

    def value(self, score: float) -> float:
        """Return the metric of a score."""
        return -score if self.lower_is_better else score

    def text(self, score: float) -> str:
        """Return the metric as it is shown; a dash for a trial that failed."""
        value = self.value(score)
        if abs(value) == float("inf"):
            return "–"
        return (
            f"{value:.3f}" if 1e-2 <= abs(value) < 1e3 or not value else digits(value)
        )


ACCURACY = ScoredBy()
