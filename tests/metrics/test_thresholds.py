"""Thresholds by hand, beside a search through all of them."""

import numpy as np
import pytest

from trainwell.metrics import choose_thresholds, multilabel_f1


def column(*values):
    return np.array(values)[:, None]


@pytest.mark.parametrize(
    ("probabilities", "truth", "threshold"),
    [
        ((0.9, 0.4, 0.1), (1, 1, 0), 0.25),
        ((0.9, 0.8, 0.1), (1, 0, 0), 0.85),
        ((0.9, 0.4, 0.2), (1, 1, 1), 0.1),  # between the lowest and 0
        ((0.9, 0.4, 0.4), (1, 1, 0), 0.2),  # equal ones go together: 4/5 is above 2/3
        # 2/3 after the first, and nowhere within those that are equal
        ((0.9, 0.5, 0.5, 0.5, 0.5), (1, 0, 0, 1, 0), 0.7),
        ((0.9, 0.4, 0.1), (0, 0, 0), 0.5),
        ((0.0, 0.0), (1, 1), 0.0),
        # after the first of three, and of four, F1 is 2/3: 0.55 is nearer than 0.15
        ((0.8, 0.3, 0.2, 0.1), (1, 0, 0, 1), 0.55),
        ((0.9, 0.7, 0.6, 0.2), (1, 0, 0, 1), 0.8),  # as far as 0.1 is, 0.8 is nearer
    ],
)
def test_by_hand(probabilities, truth, threshold):
    found = choose_thresholds(column(*probabilities), column(*truth))
    assert found == pytest.approx([threshold], abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_other_threshold_has_a_higher_f1(seed, dtype):
    rng = np.random.default_rng(seed)
    truth = (rng.random((40, 3)) < [0.5, 0.2, 0.1]).astype(np.int64)
    truth[0] = 1
    p = ((0.4 * truth + rng.random((40, 3))) / 1.4).round(2).astype(dtype)
    chosen = choose_thresholds(p, truth)
    for k in range(3):
        pair = p[:, [k]], truth[:, [k]]
        values = [*sorted(set(pair[0][:, 0].astype(np.float64).tolist())), 1.1]
        middles = [(a + b) / 2 for a, b in zip([0.0, *values], values, strict=False)]
        f1 = [multilabel_f1(*pair, m) for m in middles[:-1]]
        ties = [m for m, v in zip(middles, f1, strict=False) if v == max(f1)]
        assert multilabel_f1(*pair, float(chosen[k])) == max(f1)
        nearest = min(abs(m - 0.5) for m in ties)
        assert abs(chosen[k] - 0.5) == pytest.approx(nearest, abs=1e-12)


def test_neighbours_without_a_number_between():
    """The middle of 0.5 and the next number below it rounds to either."""
    low = np.nextafter(0.5, 0)
    for high, below in ((0.5, low), (low, np.nextafter(low, 0))):
        found = choose_thresholds(column(high, below), column(1, 0))
        assert (column(high, below) >= found).ravel().tolist() == [True, False]


def test_shapes_that_disagree():
    with pytest.raises(ValueError, match=r"must both be \(images, labels\), got"):
        choose_thresholds(column(0.5, 0.6), np.array([0, 1]))
