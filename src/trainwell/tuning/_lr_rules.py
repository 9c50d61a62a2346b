"""Rules that read a learning rate from a range test; none of them is always right.

    steepest    where the loss falls fastest over the logarithm of the rate
    minimum     a tenth of the rate at which the loss is lowest
    valley      two thirds along the longest falling stretch
    slide       a third of the rate at which the loss begins to rise again

Use: on the result of `lr_range_test`; test the proposals with `lowers_loss`.
Side effects: noise moves all four; they often differ by a factor of ten.
Source: Howard & Gugger, "Fastai: A Layered API for Deep Learning", 2020, section 4.7
(the learning rate finder; its rules steep, minimum, valley and slide),
https://arxiv.org/abs/2002.04688
"""

import bisect
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trainwell.tuning._lr_range_test import LrRangeTest

_SKIPPED = 0.1  # of the points at the start, where the mean has not settled
_CLIMB = 1.1  # times the lowest loss: where the loss climbs again


def lr_rules(found: LrRangeTest) -> dict[str, float]:
    """Return the rate that each rule proposes; none if the loss never fell.

    Example:
        >>> rates = tuple(10.0**k for k in range(-9, 1))
        >>> losses = (2.3, 2.3, 2.2, 2.0, 1.5, 1.0, 0.8, 0.7, 0.9, 3.0)
        >>> lr_rules(LrRangeTest(rates, losses, False))["minimum"]
        0.001
    """
    skip = int(_SKIPPED * len(found.losses))
    rates, losses = found.rates[skip:], np.array(found.losses[skip:])
    if len(losses) < 5 or losses.min() >= losses[0]:
        return {}
    lowest = int(losses.argmin())
    slopes = np.gradient(losses, np.log(rates))
    return {
        "steepest": rates[int(slopes[: lowest + 1].argmin())],
        "minimum": rates[lowest] / 10,
        "valley": rates[_valley(losses.tolist())],
        "slide": _climbs(rates, losses, lowest) / 3,
    }


def _valley(losses: Sequence[float]) -> int:
    """Return two thirds along the longest falling subsequence, as an index."""
    tails: list[float] = []  # of the best subsequence of each length, negated
    ends: list[int] = []
    before = [-1] * len(losses)
    for i, loss in enumerate(losses):
        place = bisect.bisect_left(tails, -loss)
        if place:
            before[i] = ends[place - 1]
        tails[place:] = [-loss, *tails[place + 1 :]]
        ends[place:] = [i, *ends[place + 1 :]]
    path = [ends[-1]]
    while before[path[-1]] >= 0:
        path.append(before[path[-1]])
    path.reverse()
    return path[len(path) * 2 // 3]


def _climbs(
    rates: Sequence[float], losses: npt.NDArray[np.float64], lowest: int
) -> float:
    after = np.flatnonzero(losses[lowest:] > _CLIMB * losses[lowest])
    return rates[lowest + int(after[0])] if len(after) else rates[-1]
