"""Population-based augmentation: the schedule of policies of the best member.

    a policy holds the probability (0, 1, .. 10 tenths) and the strength (0, 1, .. 9)
    of every entry, all 0 at first in one member, explored from there in the others;
    to explore, each number by itself is
    sampled again, uniformly                         with probability 0.2
    moved by 0, 1, 2 or 3 up or down, and clipped    otherwise

Use: where the strength of augmentation should grow while training; it costs as much as
training the whole population once.
Side effects: at first nothing is varied; the result of short trainings of a few members
is noisy.
Source: Ho et al., "Population Based Augmentation", 2019, algorithm 2 and section 3,
https://arxiv.org/abs/1905.05393. They train 16 members, all with nothing varied at
first; of 8 and in few rounds most would then never vary anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.augment.policies import SEARCHED, Population
from trainwell.core import checks, keyed
from trainwell.tuning._chains import check_operations
from trainwell.tuning._population import Turn

Tenths = tuple[int, ...]
"""Probabilities of all entries, then their strengths."""

_RESAMPLED = 0.2


@dataclass(frozen=True, kw_only=True)
class PopulationAugment:
    """Options of the search.

    Attributes:
        members: Number of members that train.
        interval: Epochs between two selections.
        share: Fraction of the members that copy, and of those that are copied.
        operations: Names of those in a policy, any that `augment.operations` takes.

    Example:
        >>> PopulationAugment(members=4).interval
        3.0
    """

    members: int = 8
    interval: float = 3.0
    share: float = 0.25
    operations: Sequence[str] = SEARCHED

    def __post_init__(self) -> None:
        checks.positive("interval", self.interval)
        checks.between("share", self.share, 0, 0.5)
        if self.members < 2:
            raise ValueError(f"`members` must be 2 or more, got {self.members}.")
        check_operations(self.operations)


def initial_policy(operations: Sequence[str] = SEARCHED) -> Tenths:
    """Return the policy that changes nothing: each operation twice.

    Example:
        >>> set(initial_policy())
        {0}
    """
    return (0,) * (4 * len(operations))


def first_policies(
    count: int, seed: int, operations: Sequence[str] = SEARCHED
) -> list[Tenths]:
    """Return the policies of a new population; the first changes nothing.

    Example:
        >>> policies = first_policies(3, seed=0)
        >>> len(policies), sum(policies[0])
        (3, 0)
    """
    ids = np.arange(1, count, dtype=np.uint64)
    words = keyed.bits(seed, 0, ids, "first_policies")[:, 0]
    start = initial_policy(operations)
    return [start, *(explore_policy(start, int(word)) for word in words)]


def explore_policy(policy: Tenths, word: int) -> Tenths:
    """Return the policy changed by the rule above.

    Args:
        policy: Probabilities and strengths in tenths.
        word: 64-bit word that keys the random numbers.

    Example:
        >>> new = explore_policy(initial_policy(), word=3)
        >>> max(new) > 0, min(new)
        (True, 0)
    """
    ids = np.arange(len(policy), dtype=np.uint64)
    largest = np.repeat([10, 9], len(policy) // 2)
    u = keyed.uniform(word, 0, ids, "explore_policy", 4)
    again = (u[:, 1] * (largest + 1)).astype(np.int64)
    step = (u[:, 2] * 4).astype(np.int64) * np.where(u[:, 3] < 0.5, -1, 1)
    moved = np.clip(np.asarray(policy) + step, 0, largest)
    changed = np.where(u[:, 0] < _RESAMPLED, again, moved)
    return tuple(int(value) for value in changed)


def schedule_of(
    turns: Sequence[Turn[Tenths]],
    epochs: Sequence[float],
    operations: Sequence[str] = SEARCHED,
) -> Population:
    """Return a lineage as a policy; equal stages that follow each other are joined.

    Args:
        turns: Turns from the first round to the last.
        epochs: Length of each turn in epochs.
        operations: Names of the operations in a policy.

    Raises:
        ValueError: If there are no turns, or not equally many lengths.

    Example:
        >>> turns = [Turn(0, initial_policy(), 0.5)] * 2
        >>> schedule_of(turns, [3.0, 3.0]).epochs
        (6.0,)
    """
    if not turns or len(turns) != len(epochs):
        raise ValueError(
            "`turns` and `epochs` must be equally many, 1 or more, got "
            f"{len(turns)} and {len(epochs)}."
        )
    stages: list[tuple[Tenths, float]] = []
    for turn, length in zip(turns, epochs, strict=True):
        if stages and stages[-1][0] == turn.hyper:
            stages[-1] = (turn.hyper, stages[-1][1] + length)
        else:
            stages.append((turn.hyper, float(length)))
    tables = [tuple(value / 10 for value in policy) for policy, _ in stages]
    entries = 2 * len(operations)
    return Population(
        probabilities=tuple(table[:entries] for table in tables),
        strengths=tuple(table[entries:] for table in tables),
        epochs=tuple(length for _, length in stages),
        operations=tuple(operations),
    )
