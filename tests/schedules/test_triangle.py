import pytest

from trainwell.schedules import triangle


def test_values():
    schedule = triangle(0.25, start=0.2, final=0.1)
    values = [schedule(p) for p in (0.0, 0.125, 0.25, 0.5, 1.0)]
    assert values == pytest.approx([0.2, 0.6, 1.0, 0.7, 0.1])


@pytest.mark.parametrize(("peak", "values"), [(0.0, [1, 0.5, 0]), (1.0, [0.2, 0.6, 1])])
def test_a_peak_at_either_end_leaves_one_side(peak, values):
    assert [triangle(peak)(p) for p in (0.0, 0.5, 1.0)] == pytest.approx(values)


@pytest.mark.parametrize("name", ["peak", "start", "final"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be in"):
        triangle(**{"peak": 0.5, name: 1.5})
