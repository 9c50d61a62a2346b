import pytest

from trainwell.schedules import inverse_sqrt


def test_values():
    values = [inverse_sqrt(start=0.04)(p) for p in (0.0, 0.02, 0.04, 0.16, 1.0)]
    assert values == pytest.approx([1, 1, 1, 0.5, 0.2])


def test_four_times_as_long_is_half_the_rate():
    f = inverse_sqrt()
    assert f(0.8) == pytest.approx(f(0.2) / 2)


@pytest.mark.parametrize("start", [0.0, 1.1])
def test_start_out_of_range(start):
    with pytest.raises(ValueError, match=r"`start` must be in \(0, 1\]"):
        inverse_sqrt(start=start)
