"""Metrics against their definitions written out, and against scikit-learn."""

import math

import numpy as np
import pytest
import sklearn.metrics as reference

from trainwell import metrics


@pytest.fixture(params=[(200, 3), (500, 8), (60, 2)])
def case(request):
    n, classes = request.param
    generator = np.random.default_rng(n)
    weights = np.arange(1, classes + 1) ** 2.0
    targets = generator.choice(classes, n, p=weights / weights.sum())
    logits = generator.normal(size=(n, classes)) + 1.5 * np.eye(classes)[targets]
    p = np.exp(logits)
    return p / p.sum(1, keepdims=True), targets


def test_balanced_accuracy_is_the_mean_recall(case):
    p, y = case
    expected = reference.balanced_accuracy_score(y, p.argmax(1))
    assert metrics.balanced_accuracy(p, y) == pytest.approx(expected)


def test_f1_written_out(case):
    p, y = case
    a, values = p.argmax(1), []
    for c in range(p.shape[1]):
        tp = np.sum((a == c) & (y == c))
        values.append(2 * tp / (np.sum(a == c) + np.sum(y == c)))
    assert metrics.f1(p, y) == pytest.approx(np.mean(values))


def test_auc_is_the_chance_that_a_pair_is_in_order(case):
    p, y = case
    areas = []
    for c in range(p.shape[1]):
        inside, outside = p[y == c, c][:, None], p[y != c, c][None]
        areas.append(((inside > outside) + 0.5 * (inside == outside)).mean())
    assert metrics.auc(p, y) == pytest.approx(np.mean(areas))


def test_kappa_written_out(case):
    p, y = case
    a, k = p.argmax(1), p.shape[1]
    observed = (a == y).mean()
    chance = sum((a == c).mean() * (y == c).mean() for c in range(k))
    assert metrics.kappa(p, y) == pytest.approx((observed - chance) / (1 - chance))


def test_top5(case):
    p, y = case
    rank = (p > p[np.arange(len(y)), y][:, None]).sum(1)
    assert metrics.top5_accuracy(p, y) == pytest.approx((rank < 5).mean())
    assert ("top5_accuracy" in metrics.scores(p, y)) == (p.shape[1] > 5)


def test_always_the_largest_class_is_no_skill():
    y = np.array([0] * 94 + [1] * 6)
    p = np.tile([0.9, 0.1], (100, 1))
    found = metrics.scores(p, y)
    assert found["accuracy"] == 0.94
    assert found["balanced_accuracy"] == 0.5
    assert (found["kappa"], found["auc"]) == (0.0, 0.5)
    assert metrics.recalls(p, y) == {0: 1.0, 1: 0.0}


def test_a_class_that_does_not_occur_does_not_count():
    p = np.eye(3)[[0, 1, 1]] * 0.8 + 0.06
    assert metrics.balanced_accuracy(p, np.array([0, 1, 1])) == 1.0
    assert metrics.f1(p, np.array([0, 1, 1])) == 1.0
    assert metrics.auc(p, np.array([0, 1, 1])) == 1.0
    assert math.isnan(metrics.auc(p[:1], np.array([0])))
    assert metrics.kappa(p[:1], np.array([0])) == 0.0
