"""The history of a population: its lineage, and its form in JSON.

Source: Jaderberg et al., "Population Based Training of Neural Networks", 2017, section
4.1 (lineages as schedules), https://arxiv.org/abs/1711.09846
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from trainwell.tuning._population import Evolution, Member, Turn

S = TypeVar("S")
H = TypeVar("H")


def lineage(evolution: Evolution[S, H]) -> tuple[Turn[H], ...]:
    """Return the turns that led to the best member's state, from the first round.

    Example:
        >>> history = (((Turn(0, 0.1, 0.5)), Turn(1, 0.2, 0.7)),)
        >>> members = (Member(0, "a", 0.1, 0.5), Member(1, "b", 0.2, 0.7))
        >>> [turn.hyper for turn in lineage(Evolution(members, history))]
        [0.2]
    """
    number, turns = evolution.best.number, []
    for turns_of_all in reversed(evolution.history):
        turns.append(turns_of_all[number])
        number = turns[-1].parent
    return tuple(reversed(turns))


def history_as_lists(evolution: Evolution[S, H]) -> list[list[list[Any]]]:
    """Return the history as lists, for JSON.

    Example:
        >>> history = ((Turn(0, 0.1, 0.5), Turn(1, 0.2, 0.7)),)
        >>> history_as_lists(Evolution((), history))
        [[[0, 0.1, 0.5], [1, 0.2, 0.7]]]
    """
    return [[[t.parent, t.hyper, t.score] for t in r] for r in evolution.history]


def restore_population(
    states: Sequence[S], history: list[list[list[Any]]], hyper: Callable[[Any], H]
) -> Evolution[S, H]:
    """Return the population of these states and a stored history.

    Args:
        states: State of each member.
        history: Lists of `history_as_lists`, one round or more.
        hyper: Function from the JSON value of hyper-parameters to these.

    Example:
        >>> stored = [[[0, 0.1, 0.5], [1, 0.2, 0.7]]]
        >>> restore_population(["a", "b"], stored, float).best.state
        'b'
    """
    rounds = tuple(tuple(Turn(p, hyper(h), s) for p, h, s in r) for r in history)
    members = (
        Member(i, state, turn.hyper, turn.score)
        for i, (state, turn) in enumerate(zip(states, rounds[-1], strict=True))
    )
    return Evolution(tuple(members), rounds)
