"""The number that is shown of a split, and what it is called."""

import pytest

from trainwell.core.headline import (
    capital,
    headline,
    headline_name,
    index_of_best,
    spoken,
)

NUMBERS = {"headline": "mae", "lower_is_better": True, "val_mae": 2, "test_loss": 1.0}


def test_old_summaries_are_of_accuracy():
    assert headline_name({}) == "accuracy"
    assert headline({"val_accuracy": 0.5}, "val") == 0.5


def test_a_split_without_the_number_has_none():
    assert headline(NUMBERS, "val") == 2.0
    assert headline(NUMBERS, "test") is None


@pytest.mark.parametrize(
    ("name", "words"),
    [("mae", "mean error"), ("map", "mAP"), ("exact_match", "exact match")],
)
def test_names_as_they_are_shown(name, words):
    assert spoken(name) == words


def test_only_the_first_letter_grows():
    assert capital("mAP of all") == "mAP of all"
    assert capital("") == ""


def test_the_best_is_the_lowest_error_or_the_highest_score():
    assert index_of_best(NUMBERS, [3.0, 1.0, 1.0]) == 1
    assert index_of_best({}, [0.5, 0.7, 0.7]) == 1
