"""Words from numbers: the interval of Student, and what combines."""

import numpy as np
import pytest

from trainwell.experiments import above, certain, every, interval, spread


def test_the_interval_by_hand():
    """t(0.975, 4) = 2.7764."""
    found = interval([1.0, 2.0, 3.0, 4.0, 5.0])
    half = 2.7764451 * np.sqrt(2.5) / np.sqrt(5)
    assert (found.mean, found.low, found.high) == pytest.approx((3, 3 - half, 3 + half))


def test_one_seed_decides_nothing():
    assert above([5.0], 1.0) == "undecided"
    assert interval([5.0]).high == np.inf


@pytest.mark.parametrize(
    ("values", "bound", "word"),
    [
        ([1.0, 1.1, 1.2], 0.8, "held"),
        ([1.0, 1.1, 1.2], 0.9, "undecided"),
        ([1.0, 1.1, 1.2], 1.3, "undecided"),
        ([1.0, 1.1, 1.2], 1.4, "not held"),
        ([2.0, 2.0], 1.0, "held"),
        ([2.0, 2.0], 2.0, "undecided"),
        ([float("nan"), 1.0], 0.0, "undecided"),
    ],
)
def test_above(values, bound, word):
    assert above(values, bound) == word


def test_it_errs_in_one_of_twenty():
    """Where the mean is the bound, "held" and "not held" come in 2.5 % each."""
    rng = np.random.default_rng(0)
    words = [above(rng.normal(0, 1, 4)) for _ in range(4000)]
    for word in ("held", "not held"):
        assert words.count(word) / 4000 == pytest.approx(0.025, abs=0.0075)  # 3 sigma


def test_combinations():
    assert every("held", "held") == "held"
    assert every("held", "undecided") == "undecided"
    assert every("undecided", "not held") == "not held"
    assert (certain(True), certain(False)) == ("held", "not held")
    with pytest.raises(ValueError, match="number of parts"):
        every()


def test_spread():
    assert spread([1.0, 3.0], ".1f") == "2.0 ± 1.4"
    assert spread([4.0]) == "4"
    assert spread([0.1, 0.1, 0.1]) == "0.1 ± 0", "though its std is 1.7e-17"
