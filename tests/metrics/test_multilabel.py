"""Metrics of several labels by hand, written out, beside scikit-learn's."""

import math

import numpy as np
import pytest
import sklearn.metrics as peers

from trainwell import metrics

THRESHOLDS = np.array([0.5, 0.3, 0.7, 0.5])
P = np.array([[0.9, 0.6, 0.1], [0.6, 0.1, 0.5], [0.2, 0.7, 0.4]])
T = np.array([[1, 1, 0], [0, 1, 0], [0, 1, 0]])


def problem(images=60):
    rng = np.random.default_rng(0)
    targets = (rng.random((images, 4)) < [0.5, 0.2, 0.1, 0.9]).astype(np.int64)
    return (0.3 * targets + rng.random((images, 4))) / 1.3, targets


def test_by_hand():
    """Answers 110, 101, 010: a probability at the threshold is one."""
    assert metrics.multilabel_f1(P, T) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert metrics.multilabel_f1(P, T, average="micro") == pytest.approx(6 / 9)
    assert metrics.exact_match(P, T) == pytest.approx(2 / 3)
    assert metrics.hamming_loss(P, T) == pytest.approx(3 / 9)
    assert metrics.co_occurrence(T).tolist() == [[1, 1, 0], [1, 3, 0], [0, 0, 0]]


def test_written_out_definitions():
    p, t = problem()
    a = [[p[i, k] >= THRESHOLDS[k] for k in range(4)] for i in range(60)]
    cells = [(i, k) for i in range(60) for k in range(4)]
    f1 = []
    for k in range(4):
        tp = sum(a[i][k] and t[i, k] == 1 for i in range(60))
        fp = sum(a[i][k] and t[i, k] == 0 for i in range(60))
        fn = sum(not a[i][k] and t[i, k] == 1 for i in range(60))
        f1.append(2 * tp / (2 * tp + fp + fn))
    assert metrics.multilabel_f1(p, t, THRESHOLDS) == pytest.approx(sum(f1) / 4)
    whole = sum(all(a[i][k] == t[i, k] for k in range(4)) for i in range(60)) / 60
    assert metrics.exact_match(p, t, THRESHOLDS) == whole
    wrong = sum(a[i][k] != t[i, k] for i, k in cells) / 240
    assert metrics.hamming_loss(p, t, THRESHOLDS) == wrong
    log = sum(math.log(p[c] if t[c] else 1 - p[c]) for c in cells)
    assert metrics.binary_log_loss(p, t) == pytest.approx(-log / 240)
    together = [[sum(t[:, j] * t[:, k]) for k in range(4)] for j in range(4)]
    assert metrics.co_occurrence(t).tolist() == together


@pytest.mark.parametrize("average", ["macro", "micro"])
def test_a_trusted_implementation(average):
    p, t = problem()
    answers = p >= THRESHOLDS
    found = metrics.multilabel_f1(p, t, THRESHOLDS, average)
    assert found == pytest.approx(peers.f1_score(t, answers, average=average))
    assert metrics.exact_match(p, t, THRESHOLDS) == peers.accuracy_score(t, answers)
    assert metrics.hamming_loss(p, t, THRESHOLDS) == pytest.approx(
        peers.hamming_loss(t, answers)
    )


def test_the_log_loss_of_targets_between_and_of_sure_answers():
    p = np.array([[0.8, 0.4]], np.float32)
    expected = 0.3 * math.log(0.8) + 0.7 * math.log(0.2) + math.log(0.6)
    found = metrics.binary_log_loss(p, np.array([[0.3, 0.0]]))
    assert found == pytest.approx(-expected / 2)
    sure = np.array([[1.0, 0.0]])
    assert metrics.binary_log_loss(sure, np.array([[1, 0]])) == 0
    wrong = metrics.binary_log_loss(sure, np.array([[0, 1]]))
    assert wrong == pytest.approx(-math.log(1e-12))


def test_labels_that_never_are_true():
    """The macro mean leaves them out, the micro mean counts that they are answered."""
    p, t = problem()
    t[:, 3] = 0
    assert metrics.multilabel_f1(p, t) == pytest.approx(
        metrics.multilabel_f1(p[:, :3], t[:, :3])
    )
    assert metrics.multilabel_f1(p, t, average="micro") < metrics.multilabel_f1(
        p[:, :3], t[:, :3], average="micro"
    )
    for average in ("macro", "micro"):
        assert math.isnan(metrics.multilabel_f1(p, 0 * t, average=average))


@pytest.mark.parametrize(
    "metric",
    [
        metrics.multilabel_f1,
        metrics.exact_match,
        metrics.hamming_loss,
        metrics.binary_log_loss,
    ],
)
def test_shapes_that_disagree(metric):
    with pytest.raises(ValueError, match=r"must both be \(images, labels\), got"):
        metric(P, T[:, 0])
    with pytest.raises(ValueError, match=r"must both be \(images, labels\), got"):
        metric(P[:, 0], T[:, 0])


@pytest.mark.parametrize(
    "metric", [metrics.multilabel_f1, metrics.exact_match, metrics.hamming_loss]
)
def test_thresholds_are_one_or_one_each(metric):
    with pytest.raises(ValueError, match="one for each of the 3 labels, got shape"):
        metric(P, T, np.array([0.5, 0.5]))


def test_averages_by_name():
    with pytest.raises(ValueError, match="`average` must be one of macro, micro"):
        metrics.multilabel_f1(P, T, average="samples")
