"""Ranks of trials within their stages, whose scores cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwell.tuning import Trial


def ranks_of(trials: Sequence[Trial]) -> dict[int, float]:
    """Return the rank of each trial within its kind: 1 for the best, equal for equals.

    It is the fraction of the others that are not better.
    """
    ranks = {}
    for coarse in (True, False):
        part = [t for t in trials if (t.spec.stage == "coarse") == coarse]
        keys = {t.number: (t.state == "complete", t.score) for t in part}
        for number, key in keys.items():
            better = sum(other > key for other in keys.values())
            ranks[number] = 1 - better / max(1, len(part) - 1)
    return ranks
