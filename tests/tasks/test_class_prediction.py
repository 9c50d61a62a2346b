"""A prediction made by hand, and how it is printed."""

import numpy as np
import pytest

from trainwell.core.errors import ArgumentError
from trainwell.tasks import Classification, Prediction

P = np.array([0.2, 0.5, 0.2, 0.1], np.float32)
CLASSES = ("ant", "bee", "cat", "dog")
MADE = Prediction("a.png", "bee", 0.5, P, CLASSES)
UNKNOWN = Prediction("a.png", "unknown", 0.5, P, CLASSES, mean=3.5)


def test_the_most_probable_come_first_and_equals_in_order():
    assert [name for name, _ in MADE.top(4)] == ["bee", "ant", "cat", "dog"]
    assert MADE.top(1) == [("bee", 0.5)]
    assert len(MADE.top(9)) == 4


def test_it_shows_its_name_its_class_and_the_probability():
    assert repr(MADE) == "Prediction('a.png', 'bee', 0.5000)"


@pytest.mark.parametrize("count", [0, -1, 1.5, "x"])
def test_top_of_no_number(count):
    with pytest.raises(ArgumentError, match="`top` must be a whole number > 0"):
        MADE.top(count)


def test_a_line_begins_with_the_label_even_if_it_is_unknown():
    assert MADE.words(2) == ["bee", "0.5000", "ant", "0.2000"]
    assert UNKNOWN.words(1) == ["unknown", "0.5000", "mean", "3.5000"]


def test_json_has_every_class():
    shares = {"ant": 0.2, "bee": 0.5, "cat": 0.2, "dog": 0.1}
    assert MADE.tree() == {"label": "bee", "probability": 0.5, "probabilities": shares}
    assert UNKNOWN.tree()["mean"] == 3.5


@pytest.mark.parametrize(
    ("every", "head", "row"),
    [
        (
            True,
            ["label", *CLASSES],
            ["bee", "0.200000", "0.500000", "0.200000", "0.100000"],
        ),
        (False, ["class_1", "probability_1"], ["bee", "0.5000"]),
    ],
)
def test_tables_have_the_best_classes_or_all(every, head, row):
    task = Classification(CLASSES)
    assert task.table([MADE], 1, all_outputs=every) == (head, [row])
    assert task.table([], 1, all_outputs=every) == (head, [])
    assert task.table([UNKNOWN], 1, all_outputs=every)[0] == [*head, "mean"]


def test_a_label_that_is_not_the_most_probable_stands_first_and_once():
    made = Prediction("a.png", "ant", 0.2, P, CLASSES, mean=1.5)
    assert made.words(3)[::2] == ["ant", "bee", "cat", "mean"]
    assert made.words(1) == ["ant", "0.2000", "mean", "1.5000"]
    assert UNKNOWN.words(3)[::2] == ["unknown", "ant", "cat", "mean"]
