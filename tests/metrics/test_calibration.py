import numpy as np
import pytest

from trainwell.metrics import calibrate


def two_classes(confidence, right):
    """Return probabilities of class 0 as given, and targets that make them right."""
    p = np.array(confidence)
    return np.stack([p, 1 - p], axis=1), np.where(right, 0, 1)


def test_by_hand():
    # bins of width 1/4: (1/2, 3/4] holds .6 .7 .75 (1 of 3 right), (3/4, 1] .8 1.0
    given = two_classes([0.6, 0.7, 0.75, 0.8, 1.0], [True, False, False, True, True])
    found = calibrate(*given, num_bins=4)
    low, high = found.bins
    assert (low.low, low.high, low.count) == (0.5, 0.75, 3)
    assert (high.low, high.high, high.count) == (0.75, 1.0, 2)
    assert low.confidence == pytest.approx(2.05 / 3)
    assert low.accuracy == pytest.approx(1 / 3)
    assert high.confidence == pytest.approx(0.9)
    assert high.accuracy == 1.0
    assert found.error == pytest.approx((2.05 - 1) / 5 + 0.2 / 5)
    assert found.confidence == pytest.approx(3.85 / 5)
    assert found.accuracy == pytest.approx(3 / 5)


def test_the_definition_written_out():
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.full(5, 0.4), size=400)
    targets = rng.integers(0, 5, 400)
    expected = 0.0
    for m in range(1, 16):
        inside = [
            (row.max(), row.argmax() == target)
            for row, target in zip(probabilities, targets, strict=True)
            if (m - 1) / 15 < row.max() <= m / 15
        ]
        if inside:
            sure, right = np.mean(inside, axis=0)
            expected += len(inside) / 400 * abs(right - sure)
    assert calibrate(probabilities, targets).error == pytest.approx(expected)


def test_perfect_answers_have_no_error():
    found = calibrate(np.eye(3)[[0, 1, 2, 1]], np.array([0, 1, 2, 1]))
    assert found.error == 0.0
    assert [b.count for b in found.bins] == [4]


def test_gaps_do_not_cancel_across_bins():
    found = calibrate(*two_classes([0.6, 0.9], [True, False]))
    assert found.error == pytest.approx((0.4 + 0.9) / 2)


@pytest.mark.parametrize(
    ("confidence", "right", "words"),
    [
        ([0.9, 0.9], [True, False], "too sure by 0.400"),
        ([0.6, 0.6], [True, True], "too modest by 0.400"),
        ([0.51, 0.51], [True, False], "sure enough"),
    ],
)
def test_the_words(confidence, right, words):
    assert words in calibrate(*two_classes(confidence, right)).words
