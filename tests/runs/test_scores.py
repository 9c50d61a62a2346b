"""What an evaluation says: numbers of its task, and rows."""

import numpy as np

from trainwell.runs._scores import Scores
from trainwell.tasks import Classification, Regression
from trainwell.training import Evaluation


def scores(task, predictions, targets):
    found = Evaluation(task, np.array(predictions, np.float32), np.array(targets))
    return Scores(found, "test", ("a note",), task)


def test_classes_have_recalls_and_a_confusion():
    found = scores(
        Classification(("a", "b", "c")), [[0.9, 0.1, 0], [0.6, 0.4, 0]], [0, 1]
    )
    assert found.accuracy == 0.5
    assert found.per_class == {"a": (1.0, 1), "b": (0.0, 1)}
    assert found.confusion.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0]]
    numbers = found.numbers()
    assert numbers["accuracy"] == 0.5
    assert numbers["per_class"]["a"] == {"recall": 1.0, "num_images": 1}
    assert numbers["notes"] == ["a note"]


def test_numbers_have_rows_and_no_confusion():
    task = Regression(("age",), ("years",), mean=(0.0,), scale=(1.0,))
    found = scores(task, [[1.0], [4.0], [2.0]], [[1.0], [2.0], [3.0]])
    assert found.confusion.size == 0
    assert found.per_class == {}
    numbers = found.numbers()
    assert numbers["mae"] == 1.0
    assert numbers["rows"][0]["target"] == "age (years)"
    assert "confusion" not in numbers
