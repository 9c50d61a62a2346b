"""Which reader takes the cells of a table."""

import pytest

from trainwell.data import CLASSES
from trainwell.data._targets import ReadLabels, reader_of, usual_reader
from trainwell.tasks import TASKS, readers

EVERY = readers()


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"label": ["cat", "dog"] * 9}, "classification"),
        ({"label": ["1", "2"] * 9}, "classification"),
        ({"label": [f"{i}.5" for i in range(40)]}, "regression"),
        ({"label": ["a|b", "a", "b"]}, "multilabel"),
        ({"a": ["0", "1"], "b": ["1", "0"]}, "classification"),
        ({"a": ["1", "1"], "b": ["1", "0"]}, "multilabel"),
        ({"a": ["1.5", "2"], "b": ["3", "4"]}, "regression"),
        ({"x0": ["1"], "y0": ["2"], "x1": ["3"], "y1": ["4"]}, "keypoints"),
    ],
)
def test_the_first_that_takes_cells_for_its_own(cells, name):
    assert reader_of(cells, EVERY).name == name


@pytest.mark.parametrize("name", TASKS)
def test_the_only_one_is_not_asked(name):
    (reader,) = readers(name)
    assert reader_of({"a": ["?"]}, (reader,)) is reader
    assert usual_reader((reader,)) is reader


def test_classes_are_usual_where_nobody_takes_cells():
    assert usual_reader(EVERY).name == "classification"
    assert reader_of({"a": ["1", "x"], "b": ["y", "2"]}, EVERY).name == CLASSES.name


def test_labels_say_little_by_default():
    assert ReadLabels([1]) == ReadLabels([1], None, (), None)
