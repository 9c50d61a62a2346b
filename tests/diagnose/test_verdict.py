"""Curves made by hand, on both sides of every threshold."""

import pytest

from trainwell.diagnose import judge_curves


def curve(val, train=None, loss=None):
    train = train or [v + 0.05 for v in val]
    loss = loss or [1.0] * len(val)
    rows = zip(train, val, loss, strict=True)
    return [
        {"train_accuracy": t, "val_accuracy": v, "val_loss": x, "epoch": i}
        for i, (t, v, x) in enumerate(rows)
    ]


def kind(*args, classes=10, **kwargs):
    return judge_curves(curve(*args, **kwargs), classes).kind


FLAT = [0.5, 0.7, 0.8, 0.8]


@pytest.mark.parametrize("val", [[], [0.5]])
def test_too_short(val):
    assert kind(val) == "too short"
    assert kind([0.9, 0.9]) == "fits well"


def test_chance():
    assert kind([0.10, 0.149], train=[0.10, 0.149]) == "chance"
    assert kind([0.10, 0.151], train=[0.10, 0.149]) != "chance"
    assert kind([0.10, 0.149], train=[0.10, 0.151]) != "chance"
    assert kind([0.5, 0.6], train=[0.5, 0.6], classes=2) == "chance"
    text = judge_curves(curve([0.1, 0.1], train=[0.1, 0.1]), 10).text
    assert "chance is 0.100" in text
    assert "labels" in text


def test_overfitting():
    assert kind(FLAT, train=[0.6, 0.8, 0.9, 0.951]) == "overfitting"
    assert kind(FLAT, train=[0.6, 0.8, 0.9, 0.949]) == "fits well"


def test_an_untrained_gap_is_named_before_a_rise():
    assert kind([0.5, 0.6, 0.7, 0.8], train=[1.0] * 4) == "overfitting"


@pytest.mark.parametrize(("last", "said"), [(1.09, False), (1.11, True)])
def test_a_rising_loss_is_said(last, said):
    curves = curve(FLAT, train=[1.0] * 4, loss=[2.0, 1.0, 1.05, last])
    text = judge_curves(curves, 10).text
    assert ("the validation loss is rising" in text) is said
    assert "a gap of 0.200" in text


def test_still_rising():
    assert kind([0.5, 0.7, 0.8, 0.811]) == "still rising"
    assert kind([0.5, 0.7, 0.8, 0.809]) == "fits well"


def test_the_rise_is_that_of_the_last_quarter():
    settled = [0.5, 0.6, 0.7, 0.75, 0.78, 0.8, 0.8, 0.8]
    assert kind(settled) == "fits well"
    late = [0.5, 0.6, 0.7, 0.75, 0.78, 0.785, 0.79, 0.8]
    assert kind(late) == "still rising"
    text = judge_curves(curve(late), 10).text
    assert "+0.015 over the last quarter" in text


def test_underfitting():
    assert kind(FLAT, train=[0.8] * 3 + [0.829]) == "underfitting"
    assert kind(FLAT, train=[0.8] * 3 + [0.831]) == "fits well"
    high = [0.89, 0.9, 0.9, 0.9]
    assert kind(high, train=high) == "fits well"
    assert kind([0.899] * 4, train=[0.899] * 4) == "underfitting"


def test_the_numbers_are_those_of_the_last_evaluation():
    verdict = judge_curves(curve(FLAT, train=[0.6, 0.8, 0.9, 0.9]), 10)
    assert "training 0.900, validation 0.800" in verdict.text
    assert "a gap of 0.100" in verdict.text
