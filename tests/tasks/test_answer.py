"""Every task gives answers of the form that is printed."""

import json

import numpy as np
import pytest

from trainwell.tasks import (
    Classification,
    Keypoints,
    Multilabel,
    Ordinal,
    Regression,
)

MADE = [
    Classification(("cat", "dog")),
    Ordinal(("0", "1"), class_values=(0.0, 1.0)),
    Multilabel(("cat", "dog")),
    Regression(("age", "weight"), ("", "kg"), (0.0, 0.0), (1.0, 1.0)),
    Keypoints(("nose",), (8, 8), (0.5, 0.5), 0.1),
]


@pytest.mark.parametrize("task", MADE, ids=lambda task: task.name)
def test_a_name_words_and_what_json_holds(task):
    found = task.prediction("a.png", np.array([0.25, 0.75], np.float32))
    assert found.name == "a.png"
    words = found.words(top=2)
    assert words
    assert all(isinstance(word, str) for word in words)
    assert json.loads(json.dumps(found.tree())) == found.tree()
    head, (row,) = task.table([found], 2, all_outputs=True)
    assert len(head) == len(row)
    assert head == task.table([], 2, all_outputs=True)[0] or task.name == "ordinal"
