"""Numbers are standardised inside, answered in their units, with intervals."""

import math

import numpy as np
import pytest
import torch
from scipy import stats

from trainwell.tasks import Regression

RNG = np.random.default_rng(0)
NAMES = ("age (years)", "height [cm]")
TARGETS = RNG.normal([40.0, -1e5], [10.0, 3e-2], (200, 2))
TASK = Regression.made(NAMES, TARGETS, {})


def test_means_and_deviations_are_those_of_the_training_images():
    for i in range(2):
        mean = sum(TARGETS[:, i].tolist()) / 200
        square = sum((x - mean) ** 2 for x in TARGETS[:, i].tolist()) / 200
        assert TASK.mean[i] == pytest.approx(mean)
        assert TASK.scale[i] == pytest.approx(math.sqrt(square), rel=1e-6)
    assert TASK.names == ("age", "height")
    assert TASK.units == ("years", "cm")
    assert TASK.labels == ("age (years)", "height (cm)")


def test_a_round_trip_in_units_of_the_source():
    targets = torch.from_numpy(TARGETS)
    vectors = TASK.vectors(targets)
    assert vectors.dtype == torch.float32
    torch.testing.assert_close(vectors.mean(0), torch.zeros(2), atol=1e-5, rtol=0)
    torch.testing.assert_close(vectors.std(0, correction=0), torch.ones(2))
    back = TASK.predictions(vectors.double())
    torch.testing.assert_close(back, targets, rtol=0, atol=1e-5)


def test_columns_of_the_same_name_keep_their_units_in_it():
    targets = RNG.normal(size=(9, 2))
    task = Regression.made(("size (cm)", "size (px)"), targets, {})
    assert task.labels == task.names == ("size (cm)", "size (px)")
    tree = task.prediction("a", np.array([1, 2], np.float32)).tree()
    assert [*tree["values"]] == ["size (cm)", "size (px)"]


def test_metrics_are_their_definitions():
    targets = RNG.normal(size=(30, 2)) * [1, 50]
    predictions = targets + RNG.normal(size=(30, 2)) * [0.5, 10]
    task = Regression(("a", "b"), ("", ""), (0.0, 0.0), (1.0, 50.0))
    found = task.scores(predictions, targets)
    each = {"mae": [], "rmse": [], "r2": [], "spearman": []}
    for p, y in zip(predictions.T, targets.T, strict=True):
        square = sum((a - b) ** 2 for a, b in zip(p, y, strict=True))
        each["mae"].append(sum(abs(a - b) for a, b in zip(p, y, strict=True)) / 30)
        each["rmse"].append(math.sqrt(square / 30))
        each["r2"].append(1 - square / sum((b - y.mean()) ** 2 for b in y))
        each["spearman"].append(stats.spearmanr(p, y).statistic)
    for name, values in each.items():
        assert found[name] == pytest.approx(np.mean(values)), name
    loss = np.mean(((predictions - targets) / [1, 50]) ** 2)
    assert found["loss"] == pytest.approx(loss)
    assert task.metrics["mae"].lower_is_better
    assert not task.metrics["r2"].lower_is_better


def test_breakdown_has_the_loss_free_metrics_of_each_column():
    predictions = TARGETS + np.array([1.0, 0.01])
    rows = TASK.breakdown(predictions, TARGETS)
    assert [row["target"] for row in rows] == [*TASK.labels]
    assert [row["mae"] for row in rows] == pytest.approx([1.0, 0.01], rel=1e-6)
    assert rows[0]["spearman"] == pytest.approx(1.0)


def test_intervals_hold_nine_of_ten_new_images():
    """Of n = 99 the width is the 90th error: coverage is 0.9 over all draws."""
    task = Regression(("a",), ("",), (0.0,), (1.0,))
    held = []
    for _ in range(300):
        errors = RNG.exponential(size=(99 + 50, 1)) * RNG.choice([-1, 1], (149, 1))
        zero = np.zeros_like(errors)
        (width,) = task.fitted(errors[:99], zero[:99]).widths
        assert width == np.sort(np.abs(errors[:99, 0]))[89]
        held.append(np.mean(np.abs(errors[99:]) <= width))
    sigma = np.std(held) / math.sqrt(300)
    assert abs(np.mean(held) - 0.9) < 4 * sigma


def test_too_few_images_give_no_interval():
    assert TASK.fitted(TARGETS[:8], TARGETS[:8] + 1).widths == ()
    made = TASK.fitted(TARGETS[:9], TARGETS[:9] + [1, 2])
    assert made.widths == pytest.approx((1.0, 2.0))
    said = made.prediction("a.png", np.array([40.0, 0.0], np.float32))
    assert said.interval(0) == pytest.approx((39.0, 41.0))


def test_the_worst_in_deviations_are_shown_in_their_order():
    errors = np.zeros((6, 2))
    errors[[4, 1], 1] = 0.3, 0.2  # ten deviations of the second
    errors[2, 0] = 20.0  # two of the first
    found = TASK.informative(TARGETS[:6] + errors, TARGETS[:6], 2)
    assert found.tolist() == [1, 4]


def test_what_it_weighs_nothing_and_knows_nothing():
    assert TASK.counts(TARGETS).tolist() == [200, 200]
    assert TASK.chance(TARGETS) == 0.0
    mean = np.tile(TASK.mean, (200, 1))
    assert TASK.scores(mean, TARGETS)["r2"] == pytest.approx(0.0, abs=1e-9)
    assert TASK.selects(unequal=True) == "r2"


@pytest.mark.parametrize(
    ("change", "outputs", "text"),
    [
        ({}, 3, "1 numbers for 3 outputs"),
        ({"scale": (0.0,)}, 1, "no positive number"),
        ({"mean": (math.nan,)}, 1, "no positive number"),
        ({"scale": (math.inf,)}, 1, "no positive number"),
        ({"widths": (1.0, 2.0)}, 1, "1 numbers for 1 outputs"),
    ],
)
def test_fields_that_do_not_fit(change, outputs, text):
    fields = {"names": ("a",), "units": ("",), "mean": (0.0,), "scale": (1.0,)}
    Regression(**fields).check(1)
    with pytest.raises(ValueError, match=text):
        Regression(**(fields | change)).check(outputs)


def test_units_of_numbers_and_of_errors():
    assert TASK.measured_in == {"age": "years", "height": "cm"}
    one = Regression(("age",), ("years",), mean=(40.0,), scale=(10.0,))
    assert one.measured_in == {"age": "years", "mae": "years", "rmse": "years"}
    assert Regression(("age",), ("",), mean=(40.0,), scale=(10.0,)).measured_in == {}
