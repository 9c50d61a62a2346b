"""How a field of a recipe declares where a search looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.tuning import Range


@dataclass(frozen=True)
class Searched:
    """A range, written beside a field as metadata.

    Attributes:
        low: The smallest value; a factor on the recipe's own value if `relative`.
        high: The largest value, or a factor as `low`.
        log: Whether equal factors are equally likely, not equal steps.
        relative: Whether the range surrounds the recipe's own value.
    """

    low: float
    high: float
    log: bool = True
    relative: bool = True

    def around(self, values: Sequence[float]) -> Range:
        """Return the range that surrounds these values, or the same for any."""
        if not self.relative:
            low, high = min(self.low, *values), max(self.high, *values)
            return Range(low, high, self.log)
        return Range(self.low * min(values), self.high * max(values), self.log)
