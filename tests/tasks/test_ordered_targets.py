"""Few numbers become classes in their order."""

import pytest

from trainwell.core.errors import DataError
from trainwell.tasks._ordered_targets import OrderedTargets

READER = OrderedTargets()


def where(row):
    return f"a.csv, row {row + 2}"


def labels(*values):
    return READER.labels({"grade": values}, where)


def test_classes_are_in_the_order_of_numbers_not_of_text():
    read = labels("10", "9", "-1.50", "9.0", 10)
    assert read.names == ("-1.5", "9", "10")
    assert read.labels == ["10", "9", "-1.5", "9", "10"]
    assert READER.targets(read.labels, read.names, "a").tolist() == [2, 1, 0, 1, 2]
    assert READER.names(read.labels) == read.names


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (("1234567", "1234568"), ("1234567", "1234568")),
        (("20240131", "20240201"), ("20240131", "20240201")),
        (("0.3333333", "0.3333334"), ("0.3333333", "0.3333334")),
        ((0.1 + 0.2, "0.3"), ("0.3",)),
        (("-0", "0", "1"), ("0", "1")),
        (("1e-7", "1"), ("1e-07", "1")),
    ],
)
def test_numbers_that_differ_are_classes_that_differ(values, names):
    assert labels(*values).names == names


@pytest.mark.parametrize("cell", ["good", "", None, "nan"])
def test_what_is_no_number_is_said_with_its_place(cell):
    with pytest.raises(DataError, match=r"^a\.csv, row 3: `grade` must be a number"):
        labels("1", cell)


def test_too_many_different_numbers():
    assert len(labels(*range(100)).names) == 100
    with pytest.raises(DataError, match=r"row 102: `grade` has more than 100.*regres"):
        labels(*range(101))


def test_two_columns():
    with pytest.raises(DataError, match="one column of numbers, got a, b; say which"):
        READER.labels({"a": ["1"], "b": ["2"]}, where)


def test_it_is_not_recognised_and_needs_two_classes():
    assert not READER.reads({"grade": ["1", "2"]})
    with pytest.raises(DataError, match="only the class '1'"):
        READER.check(["1", "1"], ("1",), "a.csv")
