"""Exploration of a point: each value times 0.8 or 1.25, or sampled again.

Use: as `explore` of `evolve`, for learning rates and decays that change while training.
Side effects: values never leave the space.
Source: Jaderberg et al., "Population Based Training of Neural Networks", 2017, section
4.1.1 (perturb by 1.2 or 0.8), https://arxiv.org/abs/1711.09846; sampled again as in Ho
et al., 2019, section 3.
"""

import numpy as np

from trainwell.core import keyed
from trainwell.tuning._values import Point, Range, Space

_RESAMPLED = 0.2
_FACTOR = 1.25


def explore_point(point: Point, word: int, space: Space) -> Point:
    """Return a changed point.

    Args:
        point: Current values.
        word: 64-bit word that keys the random numbers.
        space: Search space of the new values.

    Example:
        >>> space = {"lr": Range(1e-3, 1.0)}
        >>> new = explore_point({"lr": 0.1}, word=7, space=space)["lr"]
        >>> new == explore_point({"lr": 0.1}, word=7, space=space)["lr"]
        True
    """
    ids = np.arange(len(space), dtype=np.uint64)
    numbers = keyed.uniform(word, 0, ids, "explore_point", 3)
    found: Point = {}
    for (name, values), (again, where, up) in zip(space.items(), numbers, strict=True):
        if not isinstance(values, Range):
            raise ValueError(f"`{name}` is no number that changes while training.")
        moved = float(point[name]) * (_FACTOR if up < 0.5 else 1 / _FACTOR)
        inside = min(max(moved, values.low), values.high)
        found[name] = values.at(float(where)) if again < _RESAMPLED else inside
    return found
