import pytest
from scipy.stats import binomtest

from trainwell.report._interval import wilson


@pytest.mark.parametrize(("right", "count"), [(714, 1000), (3, 4), (0, 20), (20, 20)])
def test_agrees_with_scipy(right, count):
    expected = binomtest(right, count).proportion_ci(method="wilson")
    low, high = wilson(right / count, count)
    assert low == pytest.approx(expected.low, abs=1e-7)
    assert high == pytest.approx(expected.high, abs=1e-7)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_holds_the_share_and_stays_within_0_and_1(share):
    low, high = wilson(share, 1)
    assert 0 <= low <= share <= high <= 1
