"""Where a search looks: a range per field, and points in it.

    log-uniform    low (high / low)^u
    uniform        low + (high - low) u         with u in [0, 1)

A rate or a decay spans decades: equal factors, not equal steps, are equally likely.

Use: random points when few fields matter, and nobody knows which: every trial then
shows a new value of each field, where a grid of k x k shows k.
Side effects: none; the point of a trial depends on the seed and its number alone.
Source: Bergstra & Bengio, "Random Search for Hyper-Parameter Optimization", 2012,
https://jmlr.org/papers/v13/bergstra12a.html
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trainwell.core import checks, keyed

Point = dict[str, float]


@dataclass(frozen=True)
class Range:
    """The values of one field.

    Attributes:
        low: The least.
        high: The greatest.
        log: Whether equal factors are equally likely, not equal steps.
    """

    low: float
    high: float
    log: bool = True

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.log and self.low <= 0):
            raise ValueError(
                "`low` must be below `high`, and positive if `log`; got "
                f"{self.low!r} and {self.high!r}."
            )

    def at(self, share: float) -> float:
        """Return the value this share of the way from low to high."""
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return float(self.low + (self.high - self.low) * share)

    def share(self, value: float) -> float:
        """Return how far from low to high a value is; the inverse of `at`."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def around(self, value: float, width: float) -> "Range":
        """Return the part of this range, `width` of it wide, around a value."""
        start = min(max(self.share(value) - width / 2, 0.0), 1 - width)
        return Range(self.at(start), self.at(start + width), self.log)


Space = Mapping[str, Range]


def random_point(space: Space, *, seed: int, number: int) -> Point:
    """Return the random point of a trial."""
    ids = np.array([number], np.uint64)
    return {
        name: values.at(float(keyed.uniform(seed, 0, ids, f"search {name}")[0, 0]))
        for name, values in space.items()
    }


def grid_points(space: Space, count: int) -> tuple[Point, ...]:
    """Return the grid with as many values of each field as `count` points allow.

    The values are the middles of equal parts, so that one value lies in the middle.
    """
    checks.positive("count", count)
    side = int(math.floor(count ** (1 / len(space)) + 1e-9))
    shares = [(i + 0.5) / side for i in range(side)]
    return tuple(
        {k: space[k].at(u) for k, u in zip(space, point, strict=True)}
        for point in itertools.product(shares, repeat=len(space))
    )


def narrowed(space: Space, centre: Point, width: float) -> dict[str, Range]:
    """Return the part of a space around a point, `width` of every range wide.

    Raises:
        ValueError: If `width` is not in (0, 1].
    """
    checks.positive("width", width)
    checks.between("width", width, 0, 1)
    return {name: values.around(centre[name], width) for name, values in space.items()}
