"""The rule of exploring, by its definition; and schedules from lineages."""

import numpy as np
import pytest

from trainwell.augment.policies import (
    NUM_ENTRIES,
    SEARCHED,
    SamplingContext,
    read_policy,
    write_policy,
)
from trainwell.core import keyed
from trainwell.tuning import (
    FastAutoAugment,
    PopulationAugment,
    Turn,
    explore_policy,
    first_policies,
    initial_policy,
    random_sub_policies,
    schedule_of,
    untrained_policy,
)


def slow(policy, word):
    """Algorithm 2 of the paper, number by number."""
    changed = []
    for i, value in enumerate(policy):
        most = 10 if i < NUM_ENTRIES else 9
        chance, anew, amount, sign = keyed.uniform(
            word, 0, np.array([i], np.uint64), "explore_policy", 4
        )[0]
        if chance < 0.2:
            value = int(anew * (most + 1))
        elif sign < 0.5:
            value = max(0, value - int(amount * 4))
        else:
            value = min(most, value + int(amount * 4))
        changed.append(value)
    return tuple(changed)


def test_each_operation_stands_twice():
    assert len(initial_policy()) == 2 * NUM_ENTRIES == 4 * len(SEARCHED)
    assert set(initial_policy()) == {0}


def test_a_population_begins_with_nothing_and_what_lies_one_step_from_it():
    policies = first_policies(8, seed=3)
    assert policies[0] == initial_policy()
    assert len(set(policies)) == 8
    assert policies == first_policies(8, seed=3) != first_policies(8, seed=4)
    for policy in policies[1:]:
        large = sum(value > 3 for value in policy)
        assert 0 < large < 0.3 * len(policy), "drawn anew with 0.2, else 0 to 3"


def test_exploring_follows_the_definition():
    policy = initial_policy()
    for word in (5, 2**63 + 1, 77, 123456789):
        assert explore_policy(policy, word) == slow(policy, word)
        policy = explore_policy(policy, word)


def test_exploring_moves_as_often_as_it_says():
    """From 5: drawn anew with 0.2, else 5 with 1/4, and 2, 3, 4, 6, 7, 8 with 1/8."""
    start = (5,) * (2 * NUM_ENTRIES)
    drawn = np.array([explore_policy(start, word) for word in range(800)])
    for part, most in ((drawn[:, :NUM_ENTRIES], 10), (drawn[:, NUM_ENTRIES:], 9)):
        expected = np.full(most + 1, 0.2 / (most + 1))
        expected[2:9] += 0.8 / 8
        expected[5] += 0.8 / 8
        share = np.bincount(part.ravel(), minlength=most + 1) / part.size
        sigma = np.sqrt(expected * (1 - expected) / part.size)
        assert np.abs((share - expected) / sigma).max() < 4.5
        assert len(share) == most + 1


@pytest.mark.parametrize(("value", "reached"), [(0, {0, 1, 2, 3}), (9, {6, 7, 8, 9})])
def test_what_is_moved_stays_in_its_domain(value, reached):
    policy = (value,) * (2 * NUM_ENTRIES)
    for word in range(50):
        u = keyed.uniform(
            word, 0, np.arange(2 * NUM_ENTRIES, dtype=np.uint64), "explore_policy", 4
        )
        moved = np.array(explore_policy(policy, word))[NUM_ENTRIES:][
            u[NUM_ENTRIES:, 0] >= 0.2
        ]
        assert set(moved) <= reached


def test_a_lineage_becomes_a_schedule(tmp_path):
    first, later = initial_policy(), (10,) * NUM_ENTRIES + (9,) * NUM_ENTRIES
    turns = [Turn(0, first, 0.1), Turn(0, first, 0.2), Turn(3, later, 0.3)]
    found = schedule_of(turns, [3, 3, 2.5])
    assert found.epochs == (6.0, 2.5)
    assert found.probabilities == ((0.0,) * NUM_ENTRIES, (1.0,) * NUM_ENTRIES)
    assert found.strengths == ((0.0,) * NUM_ENTRIES, (0.9,) * NUM_ENTRIES)
    path = tmp_path / "policy.yaml"
    path.write_text("# a comment\n" + write_policy(found))
    assert read_policy(path) == found


def test_the_start_changes_nothing():
    start = untrained_policy(PopulationAugment(interval=2))
    assert start.epochs == (2.0,)
    n = np.full(50, 12, np.int32)
    steps = start(SamplingContext(0, 3, np.arange(50, dtype=np.uint64), n, n))
    assert not steps.op_codes.any()
    options = FastAutoAugment(folds=2, rounds=1, trials=9, top=3)
    assert untrained_policy(options, seed=4) == random_sub_policies(options, seed=4)


def test_a_search_over_chosen_operations():
    chosen = ("gamma", "rotate", "cutout")
    policies = first_policies(3, 0, chosen)
    assert {len(policy) for policy in policies} == {12}
    tens = explore_policy((10,) * 12, 5)
    assert max(tens[6:]) <= 9
    found = schedule_of([Turn(0, policies[1], 0.5)], [2], chosen)
    assert found.operations == chosen
    assert untrained_policy(PopulationAugment(operations=chosen)).operations == chosen


def test_messages():
    with pytest.raises(ValueError, match="`operations` must be one of"):
        PopulationAugment(operations=("gama",))
    with pytest.raises(ValueError, match="equally many, 1 or more, got 0 and 0"):
        schedule_of([], [])
    with pytest.raises(ValueError, match="got 1 and 2"):
        schedule_of([Turn(0, initial_policy(), 0.1)], [3, 3])
    with pytest.raises(ValueError, match="`members` must be 2 or more, got 1"):
        PopulationAugment(members=1)
    with pytest.raises(ValueError, match="`interval` must be positive, got 0"):
        PopulationAugment(interval=0)
