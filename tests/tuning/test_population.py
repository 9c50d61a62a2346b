"""Exploit, explore, lineage; and a population that finds what is known."""

import json

import numpy as np
import pytest

from trainwell.core import keyed
from trainwell.tuning import (
    evolve,
    history_as_lists,
    lineage,
    restore_population,
    select,
    start_population,
)

SCORES = [0.3, 0.9, 0.1, 0.8, 0.5, 0.2, 0.7, 0.6]


def test_the_worst_quarter_copies_one_of_the_best():
    seen = set()
    for seed in range(40):
        parents = select(SCORES, share=0.25, seed=seed, number=3)
        assert [p for i, p in enumerate(parents) if i not in (2, 5)] == [
            0,
            1,
            3,
            4,
            6,
            7,
        ]
        seen.add((parents[2], parents[5]))
    assert seen == {(1, 1), (1, 3), (3, 1), (3, 3)}


def test_draws_differ_between_rounds():
    rounds = [select(SCORES, share=0.25, seed=0, number=n) for n in range(20)]
    assert len(set(rounds)) > 1


def test_equal_scores_are_ordered_by_place():
    assert select([0.5] * 4, share=0.25, seed=0, number=1) == (0, 1, 2, 0)


def test_a_share_that_is_less_than_one_member_is_one():
    assert select([2.0, 1.0, 3.0], share=0.25, seed=0, number=1) == (0, 2, 2)


def test_too_large_a_share_is_refused():
    with pytest.raises(ValueError, match=r"`share` must be in \[0, 0.5\], got 0.6"):
        select(SCORES, share=0.6, seed=0, number=1)


def grown(rounds, *, evolution=None, seed=0):
    """Train texts: a state lists by what it was trained; the score is the latest."""
    told = []

    def train(member, amount):
        told.append((member.number, member.state, member.hyper, amount))
        return (*member.state, member.hyper)

    def explore(hyper, word):
        return hyper + 1 + word % 3

    start = [(f"m{i}",) for i in range(4)]
    evolution = evolution or start_population(start, [10, 20, 30, 40])
    for _ in range(rounds):
        evolution = evolve(
            evolution, train, lambda s: s[-1], explore, amount=2.5, seed=seed
        )
    return evolution, told


def test_the_first_round_copies_nothing():
    evolution, told = grown(1)
    assert [m.state for m in evolution.members] == [
        ("m0", 10),
        ("m1", 20),
        ("m2", 30),
        ("m3", 40),
    ]
    assert [t[3] for t in told] == [2.5] * 4
    assert [t.parent for t in evolution.history[0]] == [0, 1, 2, 3]


def test_exploit_copies_state_and_explores_from_the_best_as_it_was_before():
    evolution, told = grown(2)
    loser, best = evolution.members[0], evolution.members[3]
    word = keyed.bits(0, 1, np.zeros(1, np.uint64), "explore")[0, 0]
    assert loser.hyper == 41 + int(word) % 3
    assert loser.state == ("m3", 40, loser.hyper)
    assert told[4] == (0, ("m3", 40), loser.hyper, 2.5)
    assert best.state == ("m3", 40, 40)
    assert best.number == 3
    assert evolution.history[1][0].parent == 3


def test_a_copied_state_is_the_one_before_the_round():
    """The best stands before the loser in line, and has trained when it is copied."""
    start = start_population(["a", "b"], [5, 1])
    for _ in range(2):
        start = evolve(
            start,
            lambda member, amount: member.state + str(member.hyper),
            lambda state: float(state[-1]),
            lambda hyper, word: 3,
            amount=1,
            seed=0,
        )
    assert [m.state for m in start.members] == ["a55", "a53"]


def test_the_lineage_is_what_the_best_state_lists():
    evolution, _ = grown(6)
    turns = lineage(evolution)
    assert tuple(t.hyper for t in turns) == evolution.best.state[1:]
    assert len({t.hyper for t in turns}) > 2
    assert turns[-1].score == evolution.best.score == max(t.score for t in turns)


def test_a_population_beats_a_random_start_on_a_quadratic():
    """State x goes down hill at a rate; the best rate, 0.5, is one step."""
    curve = np.array([1.0, 0.3, 0.1])

    def train(member, amount):
        return member.state * (1 - 2 * min(member.hyper, 1.2) * 0.3 * curve)

    def explore(rate, word):
        return rate * (0.8 if word % 2 else 1.25)

    rates = [0.01, 0.02, 0.03, 0.05, 0.02, 0.01, 0.04, 0.02]
    start = start_population([np.ones(3)] * 8, rates)
    evolution = start
    alone = np.ones(3)
    for _ in range(30):
        evolution = evolve(
            evolution, train, lambda x: -float((curve * x**2).sum()), explore,
            amount=1, seed=0,
        )  # fmt: skip
        alone = alone * (1 - 2 * 0.05 * 0.3 * curve)
    assert evolution.best.score > -0.5 * float((curve * alone**2).sum())
    assert lineage(evolution)[-1].hyper > 4 * max(rates)


def test_the_seed_decides_everything():
    assert grown(5)[0] == grown(5)[0]
    assert grown(5)[0] != grown(5, seed=1)[0]


def test_going_on_from_what_was_written_ends_alike():
    whole, _ = grown(6)
    half, _ = grown(3)
    text = json.dumps(history_as_lists(half))
    again = restore_population([m.state for m in half.members], json.loads(text), int)
    assert again == half
    assert grown(3, evolution=again)[0] == whole


@pytest.mark.parametrize(("states", "hypers"), [([1], [1]), ([1, 2], [1, 2, 3])])
def test_no_population_is_refused(states, hypers):
    with pytest.raises(ValueError, match="equally many, 2 or more, got"):
        start_population(states, hypers)
