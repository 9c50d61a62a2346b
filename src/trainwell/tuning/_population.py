"""Population-based training: many train at once, and the worst go on from the best.

    after every round, of all members ordered by score:
    exploit   one in the last quarter takes over the state and the hyper-parameters of
              one drawn from the first quarter
    explore   and what it took over is changed a little

The hyper-parameters that the best member had, round by round, are a schedule.

Use: for what should change while training, such as a rate or an augmentation.
Side effects: greedy: what pays only later is lost; a few members find little.
Source: Jaderberg et al., "Population Based Training of Neural Networks", 2017, sections
3 and 4.1.1 (truncation selection), https://arxiv.org/abs/1711.09846
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import numpy as np

from trainwell.core import checks, keyed

S = TypeVar("S")
H = TypeVar("H")


@dataclass(frozen=True)
class Member(Generic[S, H]):
    """One that trains.

    Attributes:
        number: Its place, from 0.
        state: What training changes; shared when copied, so replace it, and change
            nothing inside.
        hyper: Its hyper-parameters.
        score: The higher the better; minus infinity before the first round.
    """

    number: int
    state: S
    hyper: H
    score: float = -np.inf


@dataclass(frozen=True)
class Turn(Generic[H]):
    """What a member did in a round.

    Attributes:
        parent: Whose state it went on from: its own number, or another's.
        hyper: The hyper-parameters that it trained with.
        score: What it reached.
    """

    parent: int
    hyper: H
    score: float


@dataclass(frozen=True)
class Evolution(Generic[S, H]):
    """A population and all its rounds.

    Attributes:
        members: As they are now.
        history: Per round, the turn of each member.
    """

    members: tuple[Member[S, H], ...]
    history: tuple[tuple[Turn[H], ...], ...] = ()

    @property
    def best(self) -> Member[S, H]:
        """The member with the highest score; of equals, the first."""
        return max(self.members, key=lambda m: (m.score, -m.number))


def start_population(states: Sequence[S], hypers: Sequence[H]) -> Evolution[S, H]:
    """Return a population that has not yet trained.

    Raises:
        ValueError: If there are fewer than two, or not as many of both.
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
        evolution: So far; the first round copies nothing.
        train: (member, amount) -> its new state; the old one must stay as it was.
        score: Of a state, the higher the better.
        explore: (hyper-parameters, 64-bit word) -> changed ones.
        amount: How far a round goes, in units of `train`.
        seed: Of all draws.
        share: Of the members that copy, and of those that are copied.
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
    """Return from whom each goes on: itself, or one of the best for the worst.

    Args:
        scores: Of the members; equal ones are ordered by their place.
        share: Of the members, rounded down but at least one.
        seed: Of the draw.
        number: Of the round.
    """
    checks.between("share", share, 0, 0.5)
    count = max(1, int(share * len(scores)))
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], i))
    parents = list(range(len(scores)))
    for i in order[len(order) - count :]:
        ids = np.array([i], np.uint64)
        parents[i] = order[keyed.integers(seed, number, ids, "exploit", count)[0, 0]]
    return tuple(parents)


def lineage(evolution: Evolution[S, H]) -> tuple[Turn[H], ...]:
    """Return the turns that led to the best member's state, from the first round."""
    number, turns = evolution.best.number, []
    for turns_of_all in reversed(evolution.history):
        turns.append(turns_of_all[number])
        number = turns[-1].parent
    return tuple(reversed(turns))


def history_as_lists(evolution: Evolution[S, H]) -> list[list[list[Any]]]:
    """Return the history in lists, for JSON."""
    return [[[t.parent, t.hyper, t.score] for t in r] for r in evolution.history]


def restore_population(
    states: Sequence[S], history: list[list[list[Any]]], hyper: Callable[[Any], H]
) -> Evolution[S, H]:
    """Return the population of these states that `plain` wrote down.

    Args:
        states: Of the members.
        history: What `plain` returned, one round or more.
        hyper: From what JSON made of hyper-parameters to these.
    """
    rounds = tuple(tuple(Turn(p, hyper(h), s) for p, h, s in r) for r in history)
    members = (
        Member(i, state, turn.hyper, turn.score)
        for i, (state, turn) in enumerate(zip(states, rounds[-1], strict=True))
    )
    return Evolution(tuple(members), rounds)
