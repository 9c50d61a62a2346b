"""Ranges around a recipe's own value, by hand."""

from trainwell.recipes import Searched


def test_relative_ranges_multiply():
    found = Searched(0.1, 10).around([0.2, 0.5])
    assert (found.low, found.high, found.log) == (0.1 * 0.2, 10 * 0.5, True)


def test_fixed_ranges_take_in_the_value():
    declared = Searched(0, 0.3, log=False, relative=False)
    assert (declared.around([0.1]).low, declared.around([0.1]).high) == (0, 0.3)
    assert declared.around([0.5]).high == 0.5
