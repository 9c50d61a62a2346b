"""Which columns hold numbers is said where none is named."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading
from trainwell.data._number_columns import about_numbers, is_quantity
from trainwell.data._table import read_csv
from trainwell.tasks import readers

HEADS = {"age": ["41", ""], "weight": ["7.5", "8"], "name": ["a", "b"], "none": [""]}


def test_columns_of_numbers_are_named():
    said = about_numbers([*HEADS], HEADS.get)
    assert said.startswith(" For numbers: data.target_column=age, or several: ")
    assert said.endswith("data.target_column=[age,weight].")


def test_one_column_or_none_says_nothing():
    assert about_numbers(["age", "name", "none"], HEADS.get) == ""


def test_two_columns_that_nothing_names(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("path,age,weight\n1.png,3,7.5\n2.png,4,8.5\n")
    with pytest.raises(DataError, match=r"data\.target_column=\[age,weight\]") as error:
        read_csv(path)
    assert "\n" not in str(error.value)


RNG = np.random.default_rng(0)
AGES = RNG.choice(np.arange(1, 400), 200, replace=False)


@pytest.mark.parametrize(
    ("values", "quantity"),
    [
        ([str(x) for x in RNG.permutation(np.repeat(AGES, 5))], True),
        ([float(x) for x in AGES], True),
        (list(range(1, 61)), True),
        ([-3 * i for i in range(30)], True),
        ([str(i % 100) for i in range(5000)], False),
        ([i % 200 for i in range(1000)], False),
        ([1 + i % 30 for i in range(90)], False),
        ([7 * (i % 20) for i in range(40)], False),
        ([7 * (i % 21) for i in range(40)], True),
        ([7 * (i % 21) for i in range(5 * 21)], True),
        ([7 * (i % 21) for i in range(5 * 21 + 1)], False),
        ([f"{i:03}" for i in range(60)], False),
        ([*range(60), "cat"], False),
        ([*range(60), 1.5], False),
    ],
)
def test_many_whole_numbers_of_few_rows_each_are_a_quantity(values, quantity):
    assert is_quantity(values) == quantity


def test_what_was_taken_is_said_with_the_way_to_the_other(tmp_path):
    path = tmp_path / "t.csv"
    rows = [f"{i}.png,{age}" for i, age in enumerate(np.repeat(AGES, 5))]
    path.write_text("\n".join(["path,age", *rows]))
    read = read_csv(path, Reading(readers=readers()))
    assert read.reader.name == "regression"
    (note,) = [note for note in read.notes if "whole numbers" in note]
    assert note == (
        "The 200 different whole numbers in 1,000 rows of `age` are taken as numbers; "
        "if classes are meant, say `task=classification`."
    )
    said = read_csv(path, Reading(readers=readers("regression"))).notes
    assert not [note for note in said if "whole numbers" in note]
    classes = read_csv(path, Reading(readers=readers("classification")))
    assert classes.reader.has_classes
    assert any("taken as classes" in note for note in classes.notes)
