"""Metrics of numbers by hand, beside scikit-learn and scipy; coverage, simulated."""

import math

import numpy as np
import pytest
import sklearn.metrics as peers
from scipy.stats import rankdata, spearmanr

from trainwell.metrics import (
    column_mean,
    conformal_width,
    mean_absolute_errors,
    r2,
    root_mean_squared_errors,
    spearman,
)

EACH = [mean_absolute_errors, root_mean_squared_errors, r2, spearman]


def problem():
    rng = np.random.default_rng(0)
    targets = rng.normal(size=(50, 3)) * [1, 10, 0.1] + [5, 0, 1]
    predictions = targets + rng.normal(size=(50, 3)) * [0.5, 9, 0.3]
    return predictions.round(1), targets.round(1)


def test_written_out_definitions():
    p, y = problem()
    for k in range(3):
        d = [float(a - b) for a, b in zip(p[:, k], y[:, k], strict=True)]
        squares, mean = sum(e * e for e in d), sum(y[:, k]) / 50
        around = sum((v - mean) ** 2 for v in y[:, k])
        assert mean_absolute_errors(p, y)[k] == pytest.approx(sum(map(abs, d)) / 50)
        assert root_mean_squared_errors(p, y)[k] == pytest.approx((squares / 50) ** 0.5)
        assert r2(p, y)[k] == pytest.approx(1 - squares / around)
        ranks = rankdata(p[:, k]), rankdata(y[:, k])
        assert spearman(p, y)[k] == pytest.approx(np.corrcoef(*ranks)[0, 1])


def test_trusted_implementations():
    p, y = problem()
    raw = {"multioutput": "raw_values"}
    assert mean_absolute_errors(p, y) == pytest.approx(
        peers.mean_absolute_error(y, p, **raw)
    )
    assert root_mean_squared_errors(p, y) == pytest.approx(
        peers.root_mean_squared_error(y, p, **raw)
    )
    assert r2(p, y) == pytest.approx(peers.r2_score(y, p, **raw))
    expected = [spearmanr(p[:, k], y[:, k]).statistic for k in range(3)]
    assert spearman(p, y) == pytest.approx(expected)


def test_a_mean_has_no_r2_and_a_worse_answer_less():
    y = np.array([[1.0], [2.0], [6.0]])
    assert r2(np.full((3, 1), 3.0), y) == pytest.approx([0])
    assert r2(np.full((3, 1), 4.0), y)[0] < 0


@pytest.mark.parametrize("metric", EACH)
def test_unknown_targets_are_left_out_of_their_column(metric):
    p, y = problem()
    y[:20, 1] = np.nan
    found = metric(p, y)
    assert found[1] == pytest.approx(metric(p[20:], y[20:])[1])
    assert found[0] == pytest.approx(metric(p[:, :1], y[:, :1])[0])
    y[:, 1] = np.nan
    assert np.isnan(metric(p, y)).tolist() == [False, True, False]
    assert column_mean(metric(p, y)) == pytest.approx(metric(p, y)[[0, 2]].mean())


@pytest.mark.parametrize("metric", [r2, spearman])
def test_what_does_not_vary_has_none(metric, recwarn):
    p, y = problem()
    assert math.isnan(metric(p, np.full_like(y, 0.1))[0])
    assert math.isnan(metric(p[:1], y[:1])[0])
    assert not recwarn.list


def test_equal_predictions_have_no_rank_correlation(recwarn):
    p, y = problem()
    assert np.isnan(spearman(np.full_like(p, 0.1), y)).all()
    assert not recwarn.list


def test_the_mean_of_no_column():
    assert math.isnan(column_mean(np.array([np.nan])))


@pytest.mark.parametrize("metric", EACH)
def test_half_precision_is_raised(metric):
    p, y = (x.astype(np.float16) for x in problem())
    raised = metric(p.astype(np.float64), y.astype(np.float64))
    assert metric(p, y) == pytest.approx(raised, abs=1e-12)


@pytest.mark.parametrize("metric", EACH)
def test_shapes_that_disagree(metric):
    p, y = problem()
    for pair in ((p, y[:, 0]), (p[:, 0], y[:, 0]), (p, y[:, :2])):
        with pytest.raises(ValueError, match=r"must both be \(images, columns\), got"):
            metric(*pair)


@pytest.mark.parametrize(
    ("count", "coverage", "place"),
    [
        (9, 0.9, 9),
        (10, 0.9, 10),
        (19, 0.9, 18),
        (19, 0.95, 19),
        (99, 0.07, 7),  # 100 * 0.07 is a little above 7
        (99, 0.9, 90),
        (100, 0.9, 91),
        (1, 0.5, 1),
    ],
)
def test_the_place_of_the_width(count, coverage, place):
    sizes = np.arange(1.0, count + 1)
    signs = np.where(np.arange(count) % 2, 1, -1)
    found = conformal_width(
        np.random.default_rng(0).permutation(sizes * signs), coverage
    )
    assert found == place


@pytest.mark.parametrize(("count", "coverage"), [(8, 0.9), (18, 0.95), (0, 0.5)])
def test_too_few_residuals_have_no_finite_width(count, coverage):
    assert conformal_width(np.ones(count), coverage) == math.inf


def test_unknown_residuals_are_left_out():
    residuals = np.append(np.arange(1.0, 20), [np.nan] * 5)
    assert conformal_width(residuals, 0.9) == 18


@pytest.mark.parametrize(("count", "coverage"), [(9, 0.9), (30, 0.9), (40, 0.8)])
def test_simulated_coverage(count, coverage):
    """New errors of a skewed distribution lie inside as often as was asked for."""
    rng = np.random.default_rng(0)
    trials = 4000
    widths = [
        conformal_width(rng.exponential(size=count), coverage) for _ in range(trials)
    ]
    covered = np.mean(rng.exponential(size=trials) <= widths)
    exact = math.ceil((count + 1) * coverage - 1e-9) / (count + 1)
    sigma = (exact * (1 - exact) / trials) ** 0.5
    assert abs(covered - exact) < 4 * sigma
    assert exact >= coverage


def test_errors_of_a_width():
    with pytest.raises(ValueError, match=r"`coverage` must be in \(0, 1\), got 1.0"):
        conformal_width(np.ones(9), 1.0)
    with pytest.raises(ValueError, match=r"one column, shape \(n,\), got \(9, 2\)"):
        conformal_width(np.ones((9, 2)))
