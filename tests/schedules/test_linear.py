import pytest

from trainwell.schedules import linear


def test_values():
    assert [linear()(p) for p in (0.0, 0.25, 1.0)] == [1, 0.75, 0]
    assert [linear(0.5)(p) for p in (0.0, 0.25, 1.0)] == [1, 0.875, 0.5]


def test_final_out_of_range():
    with pytest.raises(ValueError, match="`final` must be in"):
        linear(final=-0.1)
