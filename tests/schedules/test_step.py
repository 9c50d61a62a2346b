import pytest

from trainwell.schedules import step


def test_falls_at_the_boundary_itself():
    schedule = step((0.25, 0.5), factor=0.5)
    values = [schedule(p) for p in (0.0, 0.2499, 0.25, 0.4999, 0.5, 1.0)]
    assert values == [1, 1, 0.5, 0.5, 0.25, 0.25]


def test_defaults_fall_at_the_thirds():
    values = [step()(i / 6) for i in range(7)]
    assert values == pytest.approx([1, 1, 0.1, 0.1, 0.01, 0.01, 0.01])


@pytest.mark.parametrize(
    ("boundaries", "factor", "message"),
    [
        ((0.5, 1.5), 0.1, r"`boundaries` must be in \[0, 1\], got 1.5"),
        ((0.5, 0.25), 0.1, "`boundaries` must ascend"),
        ((0.5, 0.5), 0.1, "`boundaries` must ascend"),
        ((0.5,), 0.0, "`factor` must be positive"),
    ],
)
def test_errors(boundaries, factor, message):
    with pytest.raises(ValueError, match=message):
        step(boundaries, factor)
