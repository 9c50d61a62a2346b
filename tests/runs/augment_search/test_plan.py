"""What is planned for a given pace and time, by hand."""

import math
from types import SimpleNamespace

import pytest

from trainwell.core.errors import UserError
from trainwell.runs._clock import Clock
from trainwell.runs.augment_search._plan import images_for, make_plan
from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.tuning import FastAutoAugment, PopulationAugment

PACE = TimingEstimate(train=0.001, judge=0.0001, setup=1.0)
DENSITY, PBA = FastAutoAugment(), PopulationAugment()


def images(count):
    """A session on so many images, to be learned in 24 epochs."""
    return SimpleNamespace(
        splits=SimpleNamespace(classes=("a",) * 10, train=range(count)),
        recipe=SimpleNamespace(
            train=SimpleNamespace(epochs=24.0), model=SimpleNamespace(name="net")
        ),
    )


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("time.perf_counter", lambda: 0.0)
    return Clock


def test_without_a_budget_as_much_as_was_published(clock):
    plan = make_plan(images(3000), PACE, clock(math.inf), DENSITY)
    assert (plan.rounds, plan.num_held_out) == (2, 1000)
    assert "each on 2,000 images for about 24.0 epochs" in plan.description
    assert "2 x 200 candidates on 1000 images" in plan.description
    # 3 networks of 1 + 24 x 2 s, and 400 trials of 0.1 s each
    assert "about 267 s" in plan.description
    assert images_for(images(4000), PACE, clock(math.inf), DENSITY) == 4000
    assert make_plan(images(3000), PACE, clock(math.inf), PBA).rounds == 8


def test_a_budget_is_shared_by_networks_and_trials(clock):
    """Of 98 s: 3 x (1 + 15.8 for 7.9 epochs of 2 s + 2 x 7.9 for 79 x 0.1 s)."""
    plan = make_plan(images(3000), PACE, clock(100.0), DENSITY)
    assert "about 7.9 epochs" in plan.description
    assert "2 x 79 candidates on 1000 images" in plan.description
    assert "about 98 s" in plan.description


def test_slow_judging_is_done_on_fewer_images(clock):
    """7.9 s per round, for 50 trials at 0.4 ms: 396 images."""
    slow = TimingEstimate(train=0.001, judge=0.0004, setup=1.0)
    plan = make_plan(images(3000), slow, clock(100.0), DENSITY)
    assert plan.num_held_out == 395
    assert "2 x 50 candidates" in plan.description


def test_slow_training_is_done_on_fewer_images(clock):
    """47.5 of 98 s, for 3 networks at 8 epochs of 2/3 of the images, 1 ms each."""
    assert images_for(images(4000), PACE, clock(100.0), DENSITY) == 2969
    assert images_for(images(4000), PACE, clock(10.0), DENSITY) == 500
    assert images_for(images(300), PACE, clock(10.0), DENSITY) == 300


def test_a_population_gets_its_rounds(clock):
    """8 x (3 epochs of 800 images at 1 ms, 200 judged at 0.1 ms) are 19.36 s."""
    plan = make_plan(images(1000), PACE, clock(200.0), PBA)
    assert plan.rounds == 9  # (196 - 8) / 19.36
    assert "on 800 images, 9 rounds of 3 epochs each: about 182 s" in plan.description


def test_a_population_takes_fewer_images_for_eight_rounds(clock):
    """(98 - 8) / (8 x 4 x 19.36) of 4000."""
    assert images_for(images(4000), PACE, clock(100.0), PBA) == 581
    assert images_for(images(1000), PACE, clock(200.0), PBA) == 1000


@pytest.mark.parametrize(
    ("how", "budget", "message"),
    [
        (DENSITY, 10.0, "training 3 networks for an epoch, with a few trials each,"),
        (PBA, 40.0, "training 8 members for 3 rounds takes about 66 s here. Give at"),
    ],
)
def test_too_little_time_is_said_with_the_least(clock, how, budget, message):
    with pytest.raises(UserError) as caught:
        make_plan(images(1000), PACE, clock(budget), how)
    assert message in str(caught.value)
    assert f"`budget` of {budget:.0f} s is too short" in str(caught.value)


def test_a_resumed_search_is_not_refused(clock):
    late = clock(100.0)
    late.before = 95.0
    assert make_plan(images(1000), PACE, late, PBA).rounds == 1
    assert make_plan(images(1000), PACE, late, DENSITY).rounds == 2
