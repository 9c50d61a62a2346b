"""The values that a field of a search may have: a range, names, or either by condition.

Source: see `tuning._space`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

Value = float | str
Point = dict[str, Value]

_BESIDE = 1 / 6  # of the draws, for each value beside a range


@dataclass(frozen=True)
class Range:
    """The values of a number.

    Attributes:
        low: Smallest value.
        high: Largest value.
        log: Whether equal factors are equally likely, not equal steps.
        beside: Values outside of the range, such as 0 beside a log range; each gets a
            sixth of the draws.

    Example:
        >>> Range(1e-4, 1.0).at(0.5), Range(0.0, 1.0, log=False).at(0.5)
        (0.01, 0.5)
        >>> Range(1e-4, 1.0, beside=(0.0,)).at(0.1)
        0.0
    """

    low: float
    high: float
    log: bool = True
    beside: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.log and self.low <= 0):
            raise ValueError(
                "`low` must be below `high`, and positive if `log`; got "
                f"{self.low!r} and {self.high!r}."
            )

    def at(self, share: float) -> float:
        """Return the value at this fraction of the way; values beside it come first."""
        taken = _BESIDE * len(self.beside)
        if share < taken:
            return self.beside[int(share / _BESIDE)]
        share = (share - taken) / (1 - taken)
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return float(self.low + (self.high - self.low) * share)

    def share(self, value: Value) -> float:
        """Return the fraction of the way from low to high; the inverse of `at`."""
        number, taken = float(value), _BESIDE * len(self.beside)
        if number in self.beside:
            return _BESIDE * (self.beside.index(number) + 0.5)
        if self.log:
            part = math.log(number / self.low) / math.log(self.high / self.low)
        else:
            part = (number - self.low) / (self.high - self.low)
        return taken + (1 - taken) * part

    def around(self, value: Value, width: float) -> "Range":
        """Return the part of this range, `width` of it wide, around a value.

        Around a value beside the range is the lower part of it, and that value.
        """
        own = float(value) in self.beside
        plain = Range(self.low, self.high, self.log)
        middle = 0.0 if own else plain.share(value)
        start = min(max(middle - width / 2, 0.0), 1 - width)
        kept = (float(value),) if own else ()
        return Range(plain.at(start), plain.at(start + width), self.log, kept)


@dataclass(frozen=True)
class Choices:
    """The values of a name, or of a number that has few.

    Attributes:
        options: One or more, each equally likely.

    Example:
        >>> Choices(("sgd", "adamw")).at(0.7)
        'adamw'
    """

    options: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not self.options:
            raise ValueError("`options` must hold one value or more.")

    def at(self, share: float) -> Value:
        """Return the option at this fraction of the way."""
        return self.options[min(int(share * len(self.options)), len(self.options) - 1)]

    def share(self, value: Value) -> float:
        """Return the middle of the part of [0, 1] that stands for an option."""
        return (self.options.index(value) + 0.5) / len(self.options)

    def around(self, value: Value, width: float) -> "Choices":
        """Return the option itself: nothing lies between names."""
        return Choices((value,))


Values = Range | Choices


@dataclass(frozen=True)
class Conditional:
    """The values of a field that other fields decide.

    Attributes:
        keys: The fields that decide, which stand before it in the space.
        table: Values by what those have; what is missing has none.

    Example:
        >>> p = Conditional(("noise",), {("dropout",): Range(0.05, 0.5, log=False)})
        >>> p.beside({"noise": "none"}) is None
        True
    """

    keys: tuple[str, ...]
    table: Mapping[tuple[Value, ...], Values]

    def beside(self, point: Mapping[str, Value]) -> Values | None:
        """Return the values beside those of a point; None if there are none."""
        return self.table.get(tuple(point[key] for key in self.keys))


Space = Mapping[str, Values | Conditional]


def values_at(space: Space, name: str, point: Point) -> Values | None:
    """Return the values that a field has beside a point; None if it has none."""
    values = space[name]
    return values.beside(point) if isinstance(values, Conditional) else values
