"""The values of a field: ranges with values beside them, names, conditions."""

import numpy as np
import pytest

from trainwell.tuning import Choices, Conditional, Range, values_at

DECAY = Range(1e-5, 1e-2, beside=(0.0,))


def test_a_value_beside_a_range_gets_a_sixth_of_the_draws():
    shares = (np.arange(6000) + 0.5) / 6000
    drawn = np.array([DECAY.at(share) for share in shares])
    assert (drawn == 0).mean() == pytest.approx(1 / 6, abs=1e-3)
    rest = np.log10(drawn[drawn > 0])
    assert (rest.min(), rest.max()) == pytest.approx((-5, -2), abs=0.01)
    assert np.mean(rest < -3.5) == pytest.approx(0.5, abs=0.01)


def test_shares_are_the_inverse():
    for value in (0.0, 1e-5, 3e-4, 1e-2):
        assert DECAY.at(DECAY.share(value)) == pytest.approx(value)
    line = Range(0, 2, log=False)
    assert line.at(line.share(0.5)) == 0.5


def test_around_a_value_beside_the_range_it_stays_and_low_ones_are_tried():
    near = DECAY.around(0.0, 0.5)
    assert near.beside == (0.0,)
    assert (near.low, near.high) == pytest.approx((1e-5, 10**-3.5))
    assert DECAY.around(1e-3, 0.5).beside == ()


def test_choices_are_equally_likely_and_stay_where_they_are():
    names = Choices(("a", "b", "c"))
    drawn = [names.at((i + 0.5) / 9) for i in range(9)]
    assert drawn == list("aaabbbccc")
    assert names.at(1.0) == "c"
    assert [names.share(x) for x in "abc"] == pytest.approx([1 / 6, 0.5, 5 / 6])
    assert names.around("b", 0.25) == Choices(("b",))
    with pytest.raises(ValueError, match="`options` must hold one value"):
        Choices(())


def test_a_condition_says_which_values_there_are():
    rates = Conditional(("name",), {("sgd",): Range(0.01, 1.0)})
    space = {"name": Choices(("sgd", "none")), "lr": rates}
    assert values_at(space, "lr", {"name": "sgd"}) == Range(0.01, 1.0)
    assert values_at(space, "lr", {"name": "none"}) is None
    assert values_at(space, "name", {}) == Choices(("sgd", "none"))
