"""One number that makes probabilities honest."""

import numpy as np
import pytest

from trainwell.metrics import _temperature as temperature
from trainwell.metrics import calibrate, fit_temperature, log_loss


def softmax(logits, t=1.0):
    e = np.exp((logits - logits.max(1, keepdims=True)) / t)
    return e / e.sum(1, keepdims=True)


def drawn(n, scale, seed=0, classes=5):
    """Logits, and targets that follow their softmax exactly at another scale."""
    rng = np.random.default_rng(seed)
    true = rng.normal(0, 2, (n, classes))
    targets = np.array([rng.choice(classes, p=row) for row in softmax(true)])
    return (true * scale).astype(np.float32), targets


def by_definition(logits, targets):
    """The best of many temperatures, by the formula written out in float64."""
    grid = np.exp(np.linspace(-np.log(100), np.log(100), 20_001))
    z = logits.astype(np.float64)
    costs = []
    for t in grid:
        chosen = softmax(z, t)[np.arange(len(z)), targets]
        costs.append(-np.log(np.maximum(chosen, 1e-300)).sum() + np.log(t) ** 2 / 2)
    return grid[int(np.argmin(costs))]


@pytest.mark.parametrize("scale", [0.1, 0.3, 1.0, 3.0, 10.0])
def test_it_is_the_least_of_the_definition(scale):
    given = drawn(60, scale)
    assert fit_temperature(*given) == pytest.approx(by_definition(*given), rel=1e-3)


@pytest.mark.parametrize("scale", [0.05, 0.3, 1.0, 4.0, 20.0])
def test_it_undoes_a_scale(scale):
    logits, targets = drawn(4000, scale)
    found = fit_temperature(logits, targets)
    assert found == pytest.approx(scale, rel=0.06)
    before = calibrate(softmax(logits), targets)
    after = calibrate(softmax(logits, found), targets)
    assert after.error < 0.03
    assert scale == 1.0 or before.error > 0.1
    assert after.accuracy == before.accuracy


def test_answers_that_are_all_right_do_not_run_to_the_end():
    targets = np.arange(200) % 10
    logits = 3.5 * np.eye(10)[targets]
    found = fit_temperature(logits, targets)
    assert found == pytest.approx(by_definition(logits, targets), rel=1e-3)
    assert 0.2 < found < 0.6
    confidence = calibrate(softmax(logits, found), targets).confidence
    assert 0.99 < confidence < 0.9999


def test_it_never_harms():
    rng = np.random.default_rng(1)
    for n in (1, 2, 5, 20):
        logits, targets = rng.normal(0, 3, (n, 4)), rng.integers(0, 4, n)
        found = fit_temperature(logits, targets)
        at_one, at_found = softmax(logits), softmax(logits, found)
        assert log_loss(at_found, targets) <= log_loss(at_one, targets) + 1e-12


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_outputs_that_are_no_numbers_stay(value):
    logits, targets = drawn(50, 0.3)
    logits[3, targets[3]] = value
    with np.errstate(all="ignore"):
        assert fit_temperature(logits, targets) == 1.0


def test_classes_that_are_excluded_do_no_harm():
    logits, targets = drawn(2000, 0.3)
    wider = np.concatenate([logits, np.full((2000, 1), -np.inf, np.float32)], 1)
    assert fit_temperature(wider, targets) == fit_temperature(logits, targets)


def test_many_logits_are_thinned_out(monkeypatch):
    given = drawn(4000, 0.3)
    whole = fit_temperature(*given)
    monkeypatch.setattr(temperature, "_MOST", 8000)
    thinned = fit_temperature(*given)
    assert thinned != whole
    assert thinned == pytest.approx(whole, rel=0.15)


def test_no_image():
    with pytest.raises(ValueError, match="one image or more, got none"):
        fit_temperature(np.empty((0, 3)), np.empty(0, np.int64))
