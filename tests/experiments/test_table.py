"""The table against its definition by hand."""

import pytest

from trainwell.experiments import Outcome, as_markdown, summarise

OUTCOMES = [
    Outcome("none", 0, 0.60, 10.0),
    Outcome("flip", 0, 0.70, 20.0),
    Outcome("none", 1, 0.64, 12.0),
    Outcome("flip", 1, 0.70, 22.0),
    Outcome("flip", 2, 0.73, 24.0),
]


def test_differences_are_of_the_seeds_that_both_have():
    none, flip = summarise(OUTCOMES)
    assert (none.count, none.difference, none.error) == (2, None, None)
    assert none.mean == pytest.approx(0.62)
    assert none.std == pytest.approx(0.04 / 2**0.5)
    assert flip.count == 3
    assert flip.mean == pytest.approx(0.71)
    assert flip.difference == pytest.approx((0.10 + 0.06) / 2)
    assert flip.error == pytest.approx(0.04 / 2**0.5 / 2**0.5)
    assert flip.seconds == pytest.approx(22)


def test_one_seed_has_no_error_and_no_overlap_has_no_difference():
    assert summarise(OUTCOMES[:2])[1].error is None
    assert summarise([OUTCOMES[0], OUTCOMES[4]])[1].difference is None


def test_markdown():
    text = as_markdown(OUTCOMES)
    assert "| none | 2 | 0.6200 ± 0.0283 |  | 11 |" in text
    assert "| flip | 3 | 0.7100 ± 0.0173 | +0.0800 ± 0.0200 | 22 |" in text
