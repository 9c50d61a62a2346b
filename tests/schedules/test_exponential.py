import math

import pytest

from trainwell.schedules import exponential


def test_values():
    values = [exponential(rate=2.0)(p) for p in (0.0, 0.5, 1.0)]
    assert values == pytest.approx([1, 1 / math.e, 1 / math.e**2])


def test_equal_times_multiply_alike():
    f = exponential()
    assert (
        f(0.7) / f(0.5) == pytest.approx(f(0.3) / f(0.1)) == pytest.approx(1 / math.e)
    )


def test_negative_rate():
    with pytest.raises(ValueError, match="`rate` must be in"):
        exponential(rate=-1.0)
