import math
from decimal import Decimal

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._table_labels import is_missing, labels_of


def of(*values):
    return labels_of(values, "kind", lambda row: f"t, row {row}")


@pytest.mark.parametrize(
    "value",
    [None, "", "  ", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None",
     "<NA>", "NaT", math.nan, np.float32("nan"), [], b""],
)  # fmt: skip
def test_missing_in_every_spelling(value):
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, 0.0, False, "0", "none of these", "nano", "-"])
def test_what_is_a_value(value):
    assert not is_missing(value)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((1, 2), ["1", "2"]),
        ((1.0, 2.0), ["1", "2"]),
        (("1.0", "2"), ["1", "2"]),
        (("-1.", "+3.00"), ["-1", "+3"]),
        ((np.int64(1), np.float32(2)), ["1", "2"]),
        ((Decimal(1), Decimal("2.0")), ["1", "2"]),
        (("007", "010"), ["007", "010"]),
        ((True, False), ["True", "False"]),
        (("true", "FALSE"), ["True", "False"]),
        ((b"cat", " dog "), ["cat", "dog"]),
        ((["cat"], np.array(["dog"])), ["cat", "dog"]),
        (("['cat']", "[3]"), ["cat", "3"]),
        (("1.5", "v2"), ["1.5", "v2"]),
        (("[x", "y]"), ["[x", "y]"]),
    ],
)
def test_one_class_has_one_name(values, labels):
    assert of(*values)[0] == labels


@pytest.mark.parametrize("values", [("5.286", "1"), (5.286, 1.0), (Decimal("5.286"),)])
def test_fractions_are_no_classes(values):
    text = r"t, row 0: `kind` must be text or an integer: 5\.286\. .* regression"
    with pytest.raises(DataError, match=text):
        of(*values)


@pytest.mark.parametrize(
    "value", [["cat", "dog"], "['cat', 'dog']", ("a", "b"), {"a": 1}]
)
def test_lists_are_several_labels(value):
    with pytest.raises(DataError, match="row 1: .* Several labels of one image"):
        of("cat", value)


def test_what_is_said():
    assert of(*range(10))[1] == ()
    assert of("0", "1", "1")[1] == ()
    (note,) = of(*range(18, 33))[1]
    assert note.startswith(
        "The 15 whole numbers 18 to 32 of `kind` are taken as classes"
    )
    (note,) = of("cat", "dog", "cat|dog")[1]
    assert note.startswith("'cat|dog' looks like several labels in a cell of `kind`")
    assert of("cat", "dog", "hot dog")[1] == ()


def test_few_texts_among_fractions_are_named():
    values = ["1.5", "2.25", "unknown", "3.75", "4.5"]
    with pytest.raises(DataError, match="number nearly everywhere, and here 'unknown'"):
        labels_of(values, "age", str)


def test_decimal_commas_are_named():
    with pytest.raises(DataError, match="`age` has decimal commas"):
        labels_of(["46,69", "3,5", "7,25"], "age", str)
