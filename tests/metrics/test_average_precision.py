"""Average precision by hand, written out, beside scikit-learn's."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from trainwell.metrics import average_precision, mean_average_precision


def problem(images=60, labels=4):
    rng = np.random.default_rng(0)
    targets = (rng.random((images, labels)) < [0.5, 0.2, 0.05, 0.9]).astype(np.int64)
    probabilities = (0.3 * targets + rng.random((images, labels))).round(1) / 1.3
    return probabilities, targets  # many are equal


def written_out(probabilities, truth):
    area, before = 0.0, 0.0
    for limit in sorted(set(probabilities.tolist()), reverse=True):
        answered = [p >= limit for p in probabilities]
        right = sum(a and t for a, t in zip(answered, truth, strict=True))
        recall = right / sum(truth)
        area += (recall - before) * right / sum(answered)
        before = recall
    return area


def test_by_hand():
    # precision 1, 1/2, 2/3; recall 1/2, 1/2, 1
    p, t = np.array([[0.9], [0.6], [0.3]]), np.array([[1], [0], [1]])
    assert average_precision(p, t) == pytest.approx([1 / 2 + 1 / 2 * 2 / 3])


def test_written_out_definition():
    p, t = problem()
    expected = [written_out(p[:, k], t[:, k].tolist()) for k in range(4)]
    assert average_precision(p, t) == pytest.approx(expected, abs=1e-12)
    assert mean_average_precision(p, t) == pytest.approx(np.mean(expected), abs=1e-12)
    micro = mean_average_precision(p, t, "micro")
    assert micro == pytest.approx(written_out(p.ravel(), t.ravel().tolist()))


@pytest.mark.parametrize("average", ["macro", "micro"])
def test_a_trusted_implementation(average):
    p, t = problem()
    peer = average_precision_score(t, p, average=average)
    assert mean_average_precision(p, t, average) == pytest.approx(peer)


def test_a_label_that_never_is_true_is_left_out_of_macro():
    p, t = problem()
    t[:, 1] = 0
    each = average_precision(p, t)
    assert np.isnan(each).tolist() == [False, True, False, False]
    expected = np.mean(each[[0, 2, 3]])
    assert mean_average_precision(p, t) == pytest.approx(expected)
    for average in ("macro", "micro"):
        assert np.isnan(mean_average_precision(p, 0 * t, average))


@pytest.mark.parametrize("dtype", [bool, np.uint8, np.float32])
def test_targets_of_any_type(dtype):
    p, t = problem()
    assert mean_average_precision(p, t.astype(dtype)) == mean_average_precision(p, t)


def test_errors():
    p, t = problem()
    with pytest.raises(ValueError, match=r"be \(images, labels\), got \(60, 4\) and"):
        average_precision(p, t[:, :2])
    with pytest.raises(ValueError, match=r"`average` must be one of macro, micro"):
        mean_average_precision(p, t, "weighted")
