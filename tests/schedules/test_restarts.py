import pytest

from trainwell.schedules import cosine, linear, restarts


def test_cycles_grow():
    # lengths 1, 2, 4 of 7
    schedule = restarts(linear(), cycles=3, growth=2.0)
    points = (0, 0.5 / 7, 1 / 7, 2 / 7, 2.9999 / 7, 3 / 7, 5 / 7, 1)
    values = [schedule(p) for p in points]
    assert values == pytest.approx([1, 0.5, 1, 0.5, 0, 1, 0.5, 0], abs=1e-4)


def test_the_paper_s_first_cycles():
    # T_0 = 10 epochs, T_mult = 2: restarts after 10, 30 of 70 epochs
    schedule = restarts(cosine(), cycles=3, growth=2.0)
    for epoch, inside, length in [(4, 4, 10), (10, 0, 10), (25, 15, 20), (50, 20, 40)]:
        expected = cosine()(inside / length)
        assert schedule(epoch / 70) == pytest.approx(expected, abs=1e-9)


def test_equal_cycles_and_shrinking_ones():
    equal = restarts(linear(), cycles=4, growth=1.0)
    assert [equal(i / 8) for i in range(9)] == [1, 0.5, 1, 0.5, 1, 0.5, 1, 0.5, 0]
    shrinking = restarts(linear(), cycles=2, growth=1 / 3)
    assert shrinking(0.375) == pytest.approx(0.5)


def test_one_cycle_is_the_schedule():
    schedule = restarts(cosine(), cycles=1)
    assert all(schedule(i / 7) == cosine()(i / 7) for i in range(8))


@pytest.mark.parametrize("name", ["cycles", "growth"])
def test_out_of_range(name):
    with pytest.raises(ValueError, match=f"`{name}` must be positive"):
        restarts(cosine(), **{name: 0})
