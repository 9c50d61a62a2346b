"""What features of curves mean, one by one; whole verdicts are in test_check_curves."""

import pytest

from trainwell.diagnose import _curve_readings as readings


def lines(val, train=None):
    train = train or val
    return [
        {"train_r2": t, "val_r2": v, "val_loss": 1 - v, "step": i}
        for i, (t, v) in enumerate(zip(train, val, strict=True))
    ]


def test_the_quality_stands_where_readings_look():
    (line,) = lines([0.4], train=[0.6])
    found = readings.of_quality(line, "r2")
    assert (found["train"], found["val"], found["val_r2"]) == (0.6, 0.4, 0.4)


@pytest.mark.parametrize(
    ("chance", "least"), [(0.1, 0.15), (0.5, 0.75), (0.8, 0.9), (0.0, 0.05)]
)
def test_something_is_learned_from_here_on(chance, least):
    assert readings.least(chance) == pytest.approx(least)


def test_a_rise_is_named_by_its_metric():
    kind, text = readings.level("r2", "r2: training 0.8", (0.8, 0.7), 0.02)
    assert kind == "still rising"
    assert text.startswith("Validation r2 was still rising")


def test_a_way_back_is_no_rise():
    found = [readings.of_quality(line, "r2") for line in lines([0.5, 0.9, 0.7, 0.8])]
    assert not readings.is_rise(found, 0.1, 0)
    assert readings.is_rise(found[:2], 0.4, 0)


def test_copies_come_before_a_gap():
    assert readings.leakage("words", 0.0, 0.5)[0] == "leakage"
    assert readings.leakage("words", -0.2, 0.0)[0] == "leakage"
    assert readings.leakage("words", 0.2, 0.0) is None
