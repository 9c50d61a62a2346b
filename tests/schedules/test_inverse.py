import pytest

from trainwell.schedules import inverse


def test_values():
    values = [inverse(rate=4.0)(p) for p in (0.0, 0.25, 1.0)]
    assert values == pytest.approx([1, 0.5, 0.2])


def test_negative_rate():
    with pytest.raises(ValueError, match="`rate` must be in"):
        inverse(rate=-1.0)
