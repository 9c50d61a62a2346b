"""Gains against the noise of seeds."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from trainwell.tuning import measure_gain


def test_by_hand():
    """Means 3 and 1, variances 1 and 1, three each: error sqrt(2 / 3), t = 2.449."""
    found = measure_gain([2, 3, 4], [0, 1, 2])
    assert found.mean == pytest.approx(2)
    assert found.error == pytest.approx((2 / 3) ** 0.5)
    assert found.chance == pytest.approx(0.0352, abs=1e-4)  # t table, 4 degrees
    assert found.needed == pytest.approx(2.1318 * (2 / 3) ** 0.5, abs=1e-3)
    assert found.beyond_noise


@pytest.mark.parametrize("shift", [0.0, 0.5, 2.0, -1.0])
def test_as_scipy_computes_it(shift):
    rng = np.random.default_rng(1)
    a, b = rng.normal(shift, 1, 4), rng.normal(0, 0.2, 6)
    slow = ttest_ind(a, b, equal_var=False, alternative="greater")
    found = measure_gain(a, b)
    assert found.chance == pytest.approx(slow.pvalue)
    assert found.beyond_noise == (slow.pvalue < 0.05)
    assert found.beyond_noise == (found.mean > found.needed)


def test_several_comparisons_need_more():
    scores, base = [2, 3, 4], [0, 1, 2]
    assert measure_gain(scores, base, 1).beyond_noise
    assert not measure_gain(scores, base, 2).beyond_noise
    assert measure_gain(scores, base, 2).chance == pytest.approx(2 * 0.0352, abs=2e-4)


def test_without_any_noise():
    assert measure_gain([2, 2], [1, 1]).beyond_noise
    assert not measure_gain([1, 1], [1, 1]).beyond_noise


def test_messages():
    with pytest.raises(ValueError, match="must have 2 or more each, got 1 and 3"):
        measure_gain([1], [1, 2, 3])
