"""How a population changes a point: each value times 0.8 or 1.25, or drawn anew.

Use: as `explore` of `evolve`, for rates and decays that should change while training.
Side effects: values never leave the space.
Source: Jaderberg et al., "Population Based Training of Neural Networks", 2017, section
4.1.1 (perturb by 1.2 or 0.8), https://arxiv.org/abs/1711.09846; drawn anew as in Ho et
al., 2019, section 3.
"""

import numpy as np

from trainwell.core import keyed
from trainwell.tuning._space import Point, Space

_ANEW = 0.2
_FACTOR = 1.25


def explore_point(point: Point, word: int, space: Space) -> Point:
    """Return a changed point.

    Args:
        point: As it was.
        word: Keys the draws.
        space: What it must stay in.
    """
    ids = np.arange(len(space), dtype=np.uint64)
    draws = keyed.uniform(word, 0, ids, "explore_point", 3)
    found = {}
    for (name, values), (anew, where, up) in zip(space.items(), draws, strict=True):
        moved = point[name] * (_FACTOR if up < 0.5 else 1 / _FACTOR)
        inside = min(max(moved, values.low), values.high)
        found[name] = values.at(float(where)) if anew < _ANEW else inside
    return found
