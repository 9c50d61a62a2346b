"""Candidates are judged, kept and merged; what is harmful is rejected."""

import json

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

from trainwell.augment import augment
from trainwell.augment.policies import SEARCHED, Compose, Plain
from trainwell.preprocess import Standardize
from trainwell.tuning import (
    FastAutoAugment,
    PolicyTrial,
    match_density,
    merge,
    random_sub_policies,
)

HOW = FastAutoAugment(folds=2, rounds=2, trials=40, top=5)
UNTOUCHED = Standardize((0.0,), (1.0,))


def cost(policy, number):
    """A loss with a known answer: only brightness is free, and strong is dear."""
    parts = [o for chain in policy.sub_policies for o in chain]
    return sum(
        p * (0.1 * strength if name == "brightness" else 0.5 + strength)
        for name, p, strength in parts
    )


@pytest.fixture(scope="module")
def trials():
    return match_density(cost, HOW, fold=1, seed=3)


def test_every_trial_is_there_in_order(trials):
    assert [(t.fold, t.round, t.number) for t in trials] == [
        (1, r, n) for r in range(2) for n in range(40)
    ]
    for trial in trials:
        assert [len(chain) for chain in trial.chains] == [2] * 5


def test_nothing_is_left_to_try_but_operations_that_do_something(trials):
    trials = {o[0] for t in trials for chain in t.chains for o in chain}
    assert trials == set(SEARCHED)


def test_the_search_learns_from_its_trials(trials):
    for number in range(2):
        losses = [t.loss for t in trials if t.round == number]
        assert np.mean(losses[-10:]) < 0.8 * np.mean(losses[:10])


def test_rounds_know_nothing_of_each_other(trials):
    assert trials[0].chains != trials[40].chains
    alone = match_density(
        cost, HOW, fold=1, seed=3, done=[t for t in trials if t.round == 0][:1],
        enough=lambda number, count: number == 0,
    )  # fmt: skip
    assert alone[1:] == trials[40:]


def test_the_seed_and_the_part_decide(trials):
    few = FastAutoAugment(rounds=1, trials=12)
    first = match_density(cost, few, fold=0, seed=0)
    assert match_density(cost, few, fold=0, seed=0) == first
    assert match_density(cost, few, fold=0, seed=1) != first
    other = match_density(cost, few, fold=1, seed=0)
    assert [t.chains for t in other] != [t.chains for t in first]


@pytest.mark.parametrize("stopped", [7, 40, 55])
def test_going_on_from_what_was_written_ends_alike(trials, stopped):
    told = []

    def written(trial):
        line = json.loads(json.dumps([trial.round, trial.number, trial.loss]))
        chains = json.loads(json.dumps(trial.chains))
        as_was = tuple(tuple(tuple(o) for o in chain) for chain in chains)
        return PolicyTrial(1, *line, as_was)

    again = match_density(
        cost,
        HOW,
        fold=1,
        seed=3,
        done=[
            *map(written, trials[:stopped]),
            PolicyTrial(0, 0, 0, -1.0, trials[0].chains),
        ],
        tell=told.append,
    )
    assert again == trials
    assert tuple(told) == trials[stopped:]


def test_enough_ends_a_round():
    asked = []

    def enough(number, count):
        asked.append((number, count))
        return count == number + 1

    few = match_density(cost, HOW, fold=0, seed=0, enough=enough)
    assert [(t.round, t.number) for t in few] == [(0, 0), (1, 0), (1, 1)]
    assert asked == [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]


def chain(name, strength=0.5):
    return ((name, 0.123456, strength), ("rotate", 1.0, 0.1))


def test_the_best_of_every_search_are_merged():
    trials = [
        PolicyTrial(0, 0, 0, 3.0, (chain("invert"),)),
        PolicyTrial(0, 0, 1, 1.0, (chain("shear_x"), chain("shear_y"))),
        PolicyTrial(0, 0, 2, 2.0, (chain("equalize"),)),
        PolicyTrial(0, 1, 0, 9.0, (chain("solarize"),)),
        PolicyTrial(1, 0, 0, 5.0, (chain("contrast"),)),
        PolicyTrial(1, 0, 1, 5.0, (chain("posterize"),)),
        PolicyTrial(1, 0, 2, 5.0, (chain("brightness"),)),
    ]
    kept = merge(trials, top=2).sub_policies
    assert [c[0][0] for c in kept] == [
        "shear_x", "shear_y", "equalize", "solarize", "contrast", "posterize",
    ]  # fmt: skip
    assert kept[0] == (("shear_x", 0.123, 0.5), ("rotate", 1.0, 0.1))


def test_a_search_over_chosen_operations():
    chosen = ("gamma", "gaussian_blur", "cutout")
    how = FastAutoAugment(rounds=1, trials=12, operations=chosen)
    trials = match_density(cost, how, fold=0, seed=0)
    assert {o[0] for t in trials for c in t.chains for o in c} == set(chosen)
    start = random_sub_policies(how, seed=0)
    assert {o[0] for c in start.sub_policies for o in c} == set(chosen)


def test_the_start_has_the_shape_of_what_is_found():
    start = random_sub_policies(FastAutoAugment(), seed=0)
    assert len(start.sub_policies) == 3 * 2 * 10 * 5
    flat = [o for c in start.sub_policies for o in c]
    assert len(flat) == 600
    assert {o[0] for o in flat} == set(SEARCHED)
    for values in (np.array([o[1] for o in flat]), np.array([o[2] for o in flat])):
        assert abs(values.mean() - 0.5) < 4 * np.sqrt(1 / 12 / 600)
    assert random_sub_policies(FastAutoAugment(), seed=1) != start


def test_on_digits_harmful_operations_are_rejected():
    """Trained on white digits of many brightnesses: dimming is fine, inverting not."""
    digits = load_digits()
    images = (digits.images[:900, :, :, None] * 15.9).astype(np.uint8)
    ids, targets = np.arange(900), digits.target[:900]
    dim = np.random.default_rng(0).uniform(0.2, 1, (900, 1, 1, 1))
    train = (images * dim)[:450].reshape(450, -1) / 255
    network = LogisticRegression(max_iter=400).fit(train, targets[:450])

    def loss(policy, number):
        shown = augment(
            images[450:], Compose(Plain(), (policy,)), key=(0, ids[450:]),
            epoch=number, standardize=UNTOUCHED,
        )  # fmt: skip
        p = network.predict_proba(shown.reshape(450, -1).numpy())
        return float(-np.log(p[np.arange(450), targets[450:]]).mean())

    how = FastAutoAugment(
        folds=2, rounds=1, trials=60, top=6, chains=2, length=1,
        operations=[name for name in SEARCHED if name != "cutout"],
    )  # fmt: skip
    kept = merge(match_density(loss, how, fold=0, seed=0), how.top)
    weight = dict.fromkeys(SEARCHED, 0.0)
    for ((name, p, strength),) in kept.sub_policies:
        weight[name] += p if name == "invert" else p * strength
    assert weight["invert"] < 0.25
    gentle = weight["brightness"] + weight["contrast"] + weight["saturation"]
    assert gentle > 5 * weight["invert"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("folds", 1, "`folds` must be 2 or more, got 1"),
        ("trials", 0, "`trials` must be positive, got 0"),
        ("top", -1, "`top` must be positive, got -1"),
        (
            "operations",
            ("gama",),
            "`operations` must be one of .* Did you mean `gamma`",
        ),
        ("operations", (), "`operations` must be one name or more"),
        ("operations", "gamma", "`operations` must be one name or more"),
    ],
)
def test_impossible_searches_are_refused(name, value, message):
    with pytest.raises(ValueError, match=message):
        FastAutoAugment(**{name: value})


def test_nothing_cannot_be_merged():
    with pytest.raises(ValueError, match="`trials` must hold one trial or more"):
        merge((), 3)
