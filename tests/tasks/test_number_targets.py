"""Cells that are numbers, and those that are none."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._targets import reader_of
from trainwell.tasks import readers
from trainwell.tasks._number_targets import NumberTargets, as_number, name_and_unit

READER = NumberTargets()


def where(row):
    return f"a.csv, row {row + 2}"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.5", 1.5), (" -2e3 ", -2000.0), (7, 7.0), (np.float32(0.5), 0.5),
        ("", None), ("nan", None), ("inf", None), (None, None), (True, None),
        (np.True_, None), ("1,5", None), ("1_000", None), ([1], None), (b"1", None),
        ("0x10", None), (10**400, None), (float("nan"), None), ("٣", None),
    ],
)  # fmt: skip
def test_a_finite_number_or_none(cell, number):
    assert as_number(cell) == number


@pytest.mark.parametrize(
    ("column", "parts"),
    [
        ("age", ("age", "")),
        ("weight (kg)", ("weight", "kg")),
        ("  body weight [ kg ] ", ("body weight", "kg")),
        ("a (b) (c)", ("a (b)", "c")),
        ("(kg)", ("(kg)", "")),
        ("f(x) of", ("f(x) of", "")),
    ],
)
def test_a_unit_stands_in_brackets_behind_the_name(column, parts):
    assert name_and_unit(column) == parts


def test_rows_of_numbers_become_columns_of_float64():
    cells = {"age (years)": ["1", "2.5"], "w": [3, "4e-1"]}
    read = READER.labels(cells, where)
    assert read.names == ("age (years)", "w")
    targets = READER.targets(read.labels, read.names, "a.csv")
    assert targets.dtype == np.float64
    assert targets.tolist() == [[1.0, 3.0], [2.5, 0.4]]
    assert READER.counts(targets, read.names) == {"age (years)": 2, "w": 2}


@pytest.mark.parametrize("cell", ["", "old", None, "nan", "12 years"])
def test_what_is_no_number_is_said_with_its_place(cell):
    with pytest.raises(DataError) as caught:
        READER.labels({"age": ["1", cell]}, where)
    text = str(caught.value)
    assert text == f"a.csv, row 3: `age` must be a number, got {str(cell)!r}."


def test_a_long_cell_is_cut():
    with pytest.raises(DataError) as caught:
        READER.labels({"age": ["x" * 500]}, where)
    assert len(str(caught.value)) < 120


def test_numbers_are_taken_for_numbers_where_they_are_not_few_classes():
    many = {"age": [f"{i / 7:.3f}" for i in range(60)]}
    assert reader_of(many, readers()).name == "regression"
    assert not READER.reads({"age": ["1", "x"]})
    assert not READER.reads({"age": []})


def test_strata_are_fifths_of_the_first_number():
    targets = np.stack([np.arange(100.0)[::-1], np.zeros(100)], 1)
    strata = READER.strata(targets)
    assert np.bincount(strata).tolist() == [20] * 5
    order = np.argsort(targets[:, 0])
    assert (np.diff(strata[order]) >= 0).all()
    assert READER.strata(np.ones((4, 1))).max() < 5


def test_names_by_number():
    assert READER.names([(1.0,)]) == ("target",)
    assert READER.names([(1.0, 2.0)]) == ("target_0", "target_1")


def test_a_column_that_never_changes_is_refused():
    with pytest.raises(DataError, match=r"a\.csv: `w` is 2 for every training image"):
        READER.check([(1.0, 2.0), (3.0, 2.0)], ("age", "w"), "a.csv")
    with pytest.raises(DataError, match="no images to train on"):
        READER.check([], ("age",), "a.csv")
    READER.check([(1.0, 2.0), (3.0, 2.5)], ("age", "w"), "a.csv")


def test_another_number_of_columns_than_the_model_has():
    with pytest.raises(DataError, match=r"has 2 numbers per image.*predicts 1: age"):
        READER.targets([(1.0, 2.0)], ("age",), "a.csv")


def test_a_number_at_an_edge_is_of_the_part_above():
    strata = READER.strata(np.array([[0.0], *[[1.0]] * 9]))  # all edges at 1
    assert strata.tolist() == [0] + [4] * 9


def test_an_odd_cell_leaves_a_column_one_of_numbers():
    numbers = [f"{i}.5" for i in range(9)]
    for cells, name in (
        ({"age": [*numbers, "old"]}, "regression"),
        ({"age": [*numbers, "old"], "kg": [*numbers, "1"]}, "regression"),
        ({"age": [*numbers[:2], "old", "young"]}, "classification"),
    ):
        assert reader_of(cells, readers()).name == name
