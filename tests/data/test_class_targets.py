"""One class per image, in a column or in columns of 0 and 1."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import CLASSES, as_bit
from trainwell.data._class_targets import zeros_and_ones

ONE_HOT = {"cat": ["1", "0", "0.0"], "dog": [0, 1.0, True]}


def where(row):
    return f"a.csv, row {row + 2}"


@pytest.mark.parametrize(
    ("value", "bit"),
    [("1", 1), (" 0 ", 0), (1.0, 1), (True, 1), ("FALSE", 0), (0, 0),
     ("", None), ("2", None), (None, None), ("yes", None), (np.int64(1), 1)],
)  # fmt: skip
def test_spellings_of_bits(value, bit):
    assert as_bit(value) == bit


def test_a_column_of_bits_has_values():
    assert zeros_and_ones(["0", 1])
    assert not zeros_and_ones([])
    assert not zeros_and_ones(["0", "2"])


def test_columns_of_bits_name_the_class():
    assert CLASSES.reads(ONE_HOT)
    read = CLASSES.labels(ONE_HOT, where)
    assert read.labels == ["cat", "dog", "dog"]
    assert read.names == ("cat", "dog")
    assert CLASSES.columns([*ONE_HOT], ONE_HOT.get) == ("cat", "dog")
    assert CLASSES.columns(["cat"], ONE_HOT.get) == ()


def test_names_of_columns_are_compared_without_outer_spaces():
    read = CLASSES.labels({" cat ": [1, 0], "do\u0301g": [0, 1]}, where)
    assert read.names == ("cat", "d\u00f3g")
    assert set(read.labels) == {*read.names}


@pytest.mark.parametrize(
    ("dog", "said"),
    [
        ("1", "exactly one of the columns"),
        ("x", "`dog` must be 0 or 1, got 'x'"),
        ("", "`dog` must be 0 or 1, got ''"),
    ],
)
def test_a_row_that_has_no_single_class(dog, said):
    cells = {"cat": ["1", "1"], "dog": ["0", dog]}
    assert not CLASSES.reads(cells)
    with pytest.raises(DataError, match=rf"^a\.csv, row 3: {said}"):
        CLASSES.labels(cells, where)


def test_targets_are_indices_counted_in_strata():
    targets = CLASSES.targets(["b", "a", "b"], ("a", "b", "c"), "a.csv")
    assert targets.tolist() == CLASSES.strata(targets).tolist() == [1, 0, 1]
    assert CLASSES.counts(targets, ("a", "b", "c")) == {"a": 1, "b": 2, "c": 0}
    assert CLASSES.names(["10", "9", "9"]) == ("9", "10")


@pytest.mark.parametrize(
    ("labels", "text"), [(["a"], "only the class 'a'"), ([], "no images to train on")]
)
def test_two_classes_are_needed(labels, text):
    with pytest.raises(DataError, match=text):
        CLASSES.check(labels, ("a",), "a.csv")
