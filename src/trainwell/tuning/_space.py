"""The search space: a range per field, and points in it.

    log-uniform    low (high / low)^u
    uniform        low + (high - low) u         with u in [0, 1)

Learning rates and decays span decades: equal factors, not equal steps, are equally
likely.

Use: random points when few fields matter and it is unknown which: every trial then
tests a new value of each field, where a grid of k x k tests k.
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
        low: Smallest value.
        high: Largest value.
        log: Whether equal factors are equally likely, not equal steps.

    Example:
        >>> Range(1e-4, 1.0).at(0.5), Range(0.0, 1.0, log=False).at(0.5)
        (0.01, 0.5)
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
        """Return the value at this fraction of the way from low to high."""
        if self.log:
            return float(self.low * (self.high / self.low) ** share)
        return float(self.low + (self.high - self.low) * share)

    def share(self, value: float) -> float:
        """Return the fraction of the way from low to high; the inverse of `at`."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def around(self, value: float, width: float) -> "Range":
        """Return the part of this range, `width` of it wide, around a value."""
        start = min(max(self.share(value) - width / 2, 0.0), 1 - width)
        return Range(self.at(start), self.at(start + width), self.log)


Space = Mapping[str, Range]


def random_point(space: Space, *, seed: int, number: int) -> Point:
    """Return the random point of a trial.

    Example:
        >>> space = {"lr": Range(1e-4, 1.0)}
        >>> point = random_point(space, seed=0, number=3)
        >>> 1e-4 <= point["lr"] < 1.0
        True
    """
    ids = np.array([number], np.uint64)
    return {
        name: values.at(float(keyed.uniform(seed, 0, ids, f"search {name}")[0, 0]))
        for name, values in space.items()
    }


def grid_points(space: Space, count: int) -> tuple[Point, ...]:
    """Return the grid with as many values of each field as `count` points allow.

    The values are the middles of equal parts, so that one value lies in the middle.

    Example:
        >>> [round(p["lr"], 3) for p in grid_points({"lr": Range(1e-3, 1.0)}, 3)]
        [0.003, 0.032, 0.316]
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

    Example:
        >>> near = narrowed({"lr": Range(1e-4, 1.0)}, {"lr": 0.01}, 0.5)["lr"]
        >>> round(near.low, 6), round(near.high, 6)
        (0.001, 0.1)
    """
    checks.positive("width", width)
    checks.between("width", width, 0, 1)
    return {name: values.around(centre[name], width) for name, values in space.items()}
