"""Errors in units of the face, and limits where it has no extent."""

import math

import numpy as np
import pytest

from trainwell.tasks import ERROR_LIMIT, normalised_errors
from trainwell.tasks._point_metrics import point_metrics

RNG = np.random.default_rng(0)


def slow_error(points, targets, eyes):
    """Return the error of one image, by its definition."""
    seen = [i for i in range(len(targets)) if not math.isnan(targets[i][0])]
    if not seen:
        return math.nan
    xs, ys = [targets[i][0] for i in seen], [targets[i][1] for i in seen]
    unit = math.sqrt((max(xs) - min(xs)) * (max(ys) - min(ys)))
    if eyes and {*eyes} <= {*seen}:
        unit = math.dist(targets[eyes[0]], targets[eyes[1]])
    unit = unit or max(max(xs) - min(xs), max(ys) - min(ys))
    unit = unit or 1.0
    return sum(math.dist(points[i], targets[i]) for i in seen) / len(seen) / unit


@pytest.mark.parametrize(("count", "eyes"), [(68, (36, 45)), (5, (0, 1)), (4, None)])
def test_errors_are_in_eye_distances_or_sizes_of_the_box(count, eyes):
    targets = RNG.uniform(0, 100, (6, count, 2))
    targets[1, 2] = np.nan
    if eyes:
        targets[2, eyes[0]] = np.nan
    targets[3] = np.nan
    targets[4, 1:] = np.nan
    targets[5, :, 1] = 7.0
    points = RNG.uniform(0, 100, (6, count, 2))
    expected = [slow_error(p, t, eyes) for p, t in zip(points, targets, strict=True)]
    found = normalised_errors(points.reshape(6, -1), targets)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.fixture
def pair():
    targets = np.tile([[0.0, 0.0], [10.0, 10.0]], (4, 1, 1))  # a box of size 10
    points = targets + np.array([0, 0.6, 0.8, 1.0])[:, None, None] * [1.0, 0.0]
    return points.reshape(4, -1), targets


def test_metrics_are_those_of_the_errors(pair):
    found = {k: m.value(*pair) for k, m in point_metrics(0.12).items()}
    errors = np.array([0, 0.06, 0.08, 0.1])
    assert found["nme"] == found["loss"] == pytest.approx(0.06)
    assert found["failures"] == np.mean(normalised_errors(*pair) > ERROR_LIMIT)
    auc = np.maximum(0, 1 - errors / 0.08).mean()
    assert found["auc"] == pytest.approx(auc)
    assert found["mse"] == pytest.approx((0.36 + 0.64 + 1) / 8)
    assert found["explained"] == pytest.approx(0.5)


def test_images_without_a_visible_point_do_not_count(pair):
    points, targets = pair
    targets[3] = np.nan
    found = {k: m.value(points, targets) for k, m in point_metrics(1.0).items()}
    assert found["nme"] == pytest.approx(0.14 / 3)
    assert found["mse"] == pytest.approx(1.0 / 6)


def test_without_any_visible_point_nothing_is_known(pair):
    points, targets = pair
    targets[:] = np.nan
    for name, metric in point_metrics(1.0).items():
        assert math.isnan(metric.value(points, targets)), name
