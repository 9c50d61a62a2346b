"""What a time limit leaves room for: stages that do not fit are not begun."""

import math
import time
from types import SimpleNamespace

import pytest

from trainwell.runs.setup._time_left import (
    TimePlan,
    lacking_line,
    seconds_lacking,
    solving_seconds,
    timing_fits,
)

SPLITS = SimpleNamespace(train=range(1_000), val=range(100), test=range(300))


@pytest.mark.parametrize(
    ("limit", "spent", "lacks"),
    [("60s", 40.0, 0.0), ("60s", 41.0, 1.0), ("10m", 41.0, 0.0), (None, 1e9, 0.0)],
)
def test_a_part_of_an_epoch_and_the_evaluations_have_to_fit(limit, spent, lacks):
    """0.3 epochs of steps that take five times a pass: 1,500 passes, and 500 more."""
    lacking = seconds_lacking(limit, spent, pace=0.01, splits=SPLITS)
    assert lacking == pytest.approx(lacks)


def test_without_test_images():
    splits = SimpleNamespace(train=range(1_000), val=range(100), test=None)
    assert seconds_lacking("57s", 40.0, pace=0.01, splits=splits) == 0


def test_the_time_that_it_names_is_enough():
    line = lacking_line("60s", 12.0)
    named = line.split("train.time=")[1].split(" ")[0]
    assert named == "90s"
    assert seconds_lacking(named, 52.0, pace=0.01, splits=SPLITS) == 0


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still unless it is set."""
    held = SimpleNamespace(now=100.0)
    monkeypatch.setattr(time, "perf_counter", lambda: held.now)
    return held


def test_without_a_limit_everything_fits(clock):
    plan = TimePlan(start=100.0, limit=math.inf, spent=3.0, follow=1e6)
    assert plan.fits(1e9)
    assert plan.features == plan.end == plan.until == math.inf
    assert plan.left_to_look(1.0, 1000, 1000) == math.inf


def test_training_may_follow_in_the_last_part(clock):
    plan = TimePlan(start=100.0, limit=60.0, spent=4.0)
    assert plan.until == pytest.approx(100 + 36 - 4)
    assert plan.judged == pytest.approx(100 + 16)
    assert plan.features == plan.until
    assert plan.fits(31.9)
    assert not plan.fits(32.1)


def test_evaluations_that_are_known_move_every_end(clock):
    plan = TimePlan(start=100.0, limit=60.0, spent=4.0, follow=30.0)
    assert plan.end == pytest.approx(100 + 60 - 4 - 30 - 4)
    assert plan.features == plan.until == plan.end
    assert not plan.fits(22.1), "0.6 of the limit would have allowed 32 seconds"


def test_a_share_is_left_for_features_where_evaluations_take_all(clock):
    plan = TimePlan(start=100.0, limit=10.0, spent=2.0, follow=30.0)
    clock.now = 104.0
    assert plan.end < clock.now
    assert plan.features == pytest.approx(104 + (110 - 2 - 104) / 4)
    clock.now = 120.0
    assert plan.features == 120.0, "and none once the limit is over"


def test_a_second_look_is_paid_for_by_all_that_follows_it(clock):
    """Validation images once more; 500 of training, and every evaluation, twice."""
    plan = TimePlan(start=100.0, limit=120.0, spent=5.0, follow=20.0)
    clock.now = 130.0
    rest = 0.06 * 120
    left = 120 - 5 - 20 - rest - 20 - 30 - 0.01 * (600 + 2 * 500)
    assert plan.left_to_look(0.01, 3000, 600) == pytest.approx(left)
    assert plan.left_to_look(0.01, 3000, 100) == pytest.approx(left + 16 - 3)


def test_the_smaller_system_is_solved():
    assert solving_seconds(100, 1000) == pytest.approx(2 * 100**2 * 1000 / 1.7e11)
    assert solving_seconds(1000, 100) == pytest.approx(2 * 1000 * 100**2 / 1.7e11)


@pytest.mark.parametrize(
    ("limit", "needed", "fits"),
    [(None, 1e9, True), ("10s", 1.2, True), ("10s", 1.21, False), ("3s", 0.1, False)],
)
def test_steps_are_timed_in_a_fifth_of_what_is_left(limit, needed, fits):
    assert timing_fits(limit, 4.0, needed) == fits
