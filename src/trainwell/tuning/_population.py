"""Population-based training: many train at once, and the worst copy the best.

    after every round, of all members ordered by score:
    exploit   one in the last quarter copies the state and the hyper-parameters of a
              random one in the first quarter
    explore   and the copied hyper-parameters are changed a little

The hyper-parameters that the best member had, round by round, are a schedule.

Use: for hyper-parameters that should change while training, such as the learning rate.
Side effects: greedy: late gains are lost; a few members find little.
Source: Jaderberg et al., "Population Based Training of Neural Networks", 2017, sections
3 and 4.1.1 (truncation selection), https://arxiv.org/abs/1711.09846
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from trainwell.core import checks, keyed

S = TypeVar("S")
H = TypeVar("H")


@dataclass(frozen=True)
class Member(Generic[S, H]):
    """One member of a population.

    Attributes:
        number: Position, from 0.
        state: State of the training; copies share it, so replace it and change
            nothing inside.
        hyper: Hyper-parameters.
        score: Score, the higher the better; minus infinity before the first round.

    Example:
        >>> Member(0, state="weights", hyper=0.1).score
        -inf
    """

    number: int
    state: S
    hyper: H
    score: float = -np.inf


@dataclass(frozen=True)
class Turn(Generic[H]):
    """The training of one member in one round.

    Attributes:
        parent: Number of the member whose state it continued: its own, or another.
        hyper: Hyper-parameters of the round.
        score: Score after the round.

    Example:
        >>> Turn(parent=2, hyper=0.1, score=0.8).parent
        2
    """

    parent: int
    hyper: H
    score: float


@dataclass(frozen=True)
class Evolution(Generic[S, H]):
    """A population and all its rounds.

    Attributes:
        members: Current members.
        history: Turn of each member, by round.

    Example:
        >>> start_population(["a", "b"], [0.1, 0.2]).best.number
        0
    """

    members: tuple[Member[S, H], ...]
    history: tuple[tuple[Turn[H], ...], ...] = ()

    @property
    def best(self) -> Member[S, H]:
        """The member with the highest score; of equals, the first."""
        return max(self.members, key=lambda m: (m.score, -m.number))


def start_population(states: Sequence[S], hypers: Sequence[H]) -> Evolution[S, H]:
    """Return a population that has not yet trained.

    Args:
        states: Initial state of each member.
        hypers: Initial hyper-parameters of each member.

    Raises:
        ValueError: If there are fewer than two, or not equally many of both.

    Example:
        >>> [m.hyper for m in start_population(["a", "b"], [0.1, 0.2]).members]
        [0.1, 0.2]
    """
    if len(states) != len(hypers) or len(states) < 2:
        raise ValueError(
            "`states` and `hypers` must be equally many, 2 or more, got "
            f"{len(states)} and {len(hypers)}."
        )
    pairs = enumerate(zip(states, hypers, strict=True))
    return Evolution(tuple(Member(i, s, h) for i, (s, h) in pairs))


def evolve(  # noqa: PLR0913
    evolution: Evolution[S, H],
    train: Callable[[Member[S, H], float], S],
    score: Callable[[S], float],
    explore: Callable[[H, int], H],
    *,
    amount: float,
    seed: int,
    share: float = 0.25,
) -> Evolution[S, H]:
    """Return the population after another round: exploit, explore, train, score.

    Args:
        evolution: Population so far; the first round copies nothing.
        train: Function (member, amount) -> new state; it must not change the old one.
        score: Function from a state to its score, the higher the better.
        explore: Function (hyper-parameters, 64-bit word) -> changed ones.
        amount: Length of a round, in units of `train`.
        seed: Seed of all random choices.
        share: Fraction of the members that copy, and of those that are copied.

    Example:
        >>> evolution = start_population([0.0, 0.0], [1.0, 2.0])
        >>> for _ in range(2):
        ...     evolution = evolve(
        ...         evolution,
        ...         lambda member, amount: member.state + amount * member.hyper,
        ...         score=lambda state: state,
        ...         explore=lambda hyper, word: hyper,
        ...         amount=1.0,
        ...         seed=0,
        ...     )
        >>> evolution.best.state
        4.0
    """
    number = len(evolution.history)
    members, parents = list(evolution.members), tuple(range(len(evolution.members)))
    if number:
        scores = [m.score for m in members]
        parents = select(scores, share=share, seed=seed, number=number)
    turns = []
    for i, parent in enumerate(parents):
        source = evolution.members[parent]
        member = replace(source, number=i)
        if parent != i:
            word = keyed.bits(seed, number, np.array([i], np.uint64), "explore")[0, 0]
            member = replace(member, hyper=explore(source.hyper, int(word)))
        state = train(member, amount)
        members[i] = replace(member, state=state, score=score(state))
        turns.append(Turn(parent, member.hyper, members[i].score))
    return Evolution(tuple(members), (*evolution.history, tuple(turns)))


def select(
    scores: Sequence[float], *, share: float, seed: int, number: int
) -> tuple[int, ...]:
    """Return the parent of each member: itself, or one of the best for the worst.

    Args:
        scores: Scores of the members; equal ones are ordered by their position.
        share: Fraction of the members, rounded down but at least one member.
        seed: Seed of the choice.
        number: Number of the round.

    Example:
        >>> select([0.9, 0.1, 0.5, 0.4], share=0.25, seed=0, number=1)
        (0, 0, 2, 3)
    """
    checks.between("share", share, 0, 0.5)
    count = max(1, int(share * len(scores)))
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    parents = list(range(len(scores)))
    for i in order[len(order) - count :]:
        ids = np.array([i], np.uint64)
        parents[i] = order[keyed.integers(seed, number, ids, "exploit", count)[0, 0]]
    return tuple(parents)
