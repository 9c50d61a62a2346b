import math

import pytest

from trainwell.report._interval import wilson

Z = 1.959964


@pytest.mark.parametrize(("right", "count"), [(714, 1000), (3, 4), (0, 20), (20, 20)])
def test_the_definition_written_out(right, count):
    p = right / count
    middle = p + Z**2 / (2 * count)
    reach = Z * math.sqrt(p * (1 - p) / count + Z**2 / (4 * count**2))
    low, high = wilson(p, count)
    assert low == pytest.approx((middle - reach) / (1 + Z**2 / count), abs=1e-7)
    assert high == pytest.approx((middle + reach) / (1 + Z**2 / count), abs=1e-7)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_holds_the_share_and_stays_within_0_and_1(share):
    low, high = wilson(share, 1)
    assert 0 <= low <= share <= high <= 1
