"""Whether two predictions say the same of an image."""

import numpy as np

from trainwell.exporting._answers import same_answers, unit_of
from trainwell.tasks import Classification, Multilabel, Regression


def rows(*values):
    return np.array(values, np.float32)


def test_classes_are_the_same_whatever_their_probability():
    task = Classification(("a", "b"))
    one, other = rows([0.9, 0.1], [0.6, 0.4]), rows([0.6, 0.4], [0.4, 0.6])
    assert same_answers(task, one, other).tolist() == [True, False]
    assert unit_of(task, one) == 1.0


def test_labels_are_a_set():
    task = Multilabel(("a", "b"))
    one, other = rows([0.9, 0.6], [0.1, 0.1]), rows([0.6, 0.4], [0.2, 0.3])
    assert same_answers(task, one, other).tolist() == [False, True]


def test_numbers_differ_in_units_of_the_largest():
    task = Regression(("age",), ("years",), mean=(40.0,), scale=(10.0,))
    assert unit_of(task, rows([30.0], [-50.0])) == 50.0
    assert unit_of(task, rows([0.0])) == 1.0
    assert same_answers(task, rows([30.0]), rows([31.0])).tolist() == [True]
