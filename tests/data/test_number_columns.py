"""Which columns hold numbers is said where none is named."""

import pytest

from trainwell.core.errors import DataError
from trainwell.data._number_columns import about_numbers
from trainwell.data._table import read_csv

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
