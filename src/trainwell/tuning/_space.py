"""The search space: the values of each field, some only beside certain names.

    log-uniform    low (high / low)^u
    uniform        low + (high - low) u         with u in [0, 1)
    choices        one of several, equally likely
    conditional    as the names that were chosen before it say; perhaps not at all

Learning rates and decays span decades: equal factors, not equal steps, are equally
likely. A range may have values beside it, such as no weight decay at all.

Use: random points when few fields matter and it is unknown which: every trial then
tests a new value of each field, where a grid of k x k tests k.
Side effects: none; the point of a trial depends on the seed and its number alone.
Source: Bergstra & Bengio, "Random Search for Hyper-Parameter Optimization", 2012,
https://jmlr.org/papers/v13/bergstra12a.html; conditional fields as in Optuna's
define-by-run form, Akiba et al., 2019, https://arxiv.org/abs/1907.10902
"""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from trainwell.core import checks, keyed
from trainwell.tuning._values import (
    Choices,
    Conditional,
    Point,
    Space,
    Value,
    Values,
)

_AGAIN, _APART = 64, 1 << 32  # draws of one trial, and between their numbers


def sampled(space: Space, draw: Callable[[str, Values], Value]) -> Point:
    """Return a point, field by field; what the names so far leave out is left out.

    Args:
        space: Names stand before the fields that depend on them.
        draw: Function from a field and its values, at the names so far, to a value.

    Example:
        >>> rates = {("sgd",): Range(0.01, 1.0), ("adamw",): Range(1e-4, 1e-2)}
        >>> space = {"name": Choices(("sgd", "adamw")),
        ...          "lr": Conditional(("name",), rates)}
        >>> sampled(space, lambda key, values: values.at(0.5))
        {'name': 'adamw', 'lr': 0.001}
    """
    point: Point = {}
    for key, values in space.items():
        here = values.beside(point) if isinstance(values, Conditional) else values
        if here is not None:
            point[key] = draw(key, here)
    return point


def random_point(space: Space, *, seed: int, number: int) -> Point:
    """Return the random point of a trial.

    Example:
        >>> space = {"lr": Range(1e-4, 1.0)}
        >>> point = random_point(space, seed=0, number=3)
        >>> 1e-4 <= point["lr"] < 1.0
        True
    """
    ids = np.array([number], np.uint64)

    def draw(name: str, values: Values) -> Value:
        return values.at(float(keyed.uniform(seed, 0, ids, f"search {name}")[0, 0]))

    return sampled(space, draw)


def unused_point(
    space: Space, used: Sequence[Point], *, seed: int, number: int
) -> Point:
    """Return the random point of a trial, sampled again while it was used before.

    Example:
        >>> space = {"name": Choices(("sgd", "adamw"))}
        >>> unused_point(space, [{"name": "sgd"}], seed=0, number=1)
        {'name': 'adamw'}
    """
    numbers = [number + again * _APART for again in range(_AGAIN)]
    points = (random_point(space, seed=seed, number=n) for n in numbers)
    point = random_point(space, seed=seed, number=number)
    return next((p for p in points if p not in used), point)


def num_points(space: Space) -> float:
    """Return how many points there are; infinity where a number is searched.

    Example:
        >>> num_points({"name": Choices(("sgd", "adamw")), "size": Choices((8, 9, 10))})
        6
    """
    sizes = [len(x.options) for x in space.values() if isinstance(x, Choices)]
    return math.prod(sizes) if len(sizes) == len(space) else math.inf


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
    found: list[Point] = []
    for place in itertools.product(shares, repeat=len(space)):
        at = dict(zip(space, place, strict=True))
        point = sampled(space, lambda key, values, at=at: values.at(at[key]))  # type: ignore[misc]
        if point not in found:  # names may leave fields out
            found.append(point)
    return tuple(found)


def narrowed(space: Space, centre: Point, width: float) -> dict[str, Values]:
    """Return the part of a space around a point, `width` of every range wide.

    Names stay as they are at the point.

    Raises:
        ValueError: If `width` is not in (0, 1].

    Example:
        >>> near = narrowed({"lr": Range(1e-4, 1.0)}, {"lr": 0.01}, 0.5)["lr"]
        >>> round(near.low, 6), round(near.high, 6)
        (0.001, 0.1)
    """
    checks.positive("width", width)
    checks.between("width", width, 0, 1)
    found: dict[str, Values] = {}
    for name, value in centre.items():
        values = space[name]
        here = values.beside(centre) if isinstance(values, Conditional) else values
        if here is not None:
            found[name] = here.around(value, width)
    return found
