"""Whether a time limit allows to train after a head was solved for."""

from types import SimpleNamespace

import pytest

from trainwell.runs.setup._time_left import lacking_line, seconds_lacking

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
