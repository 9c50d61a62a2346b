"""Sets of labels in cells, lists and columns of 0 and 1."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data._targets import reader_of
from trainwell.tasks import readers
from trainwell.tasks._label_set_targets import LabelSetTargets, separator

READER = LabelSetTargets()


def where(row):
    return f"a.csv, row {row + 2}"


def labels(*values):
    return READER.labels({"tags": values}, where).labels


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (["cat|dog", "cat", "dog"], "|"),
        (["cat; dog", "dog", "cat"], ";"),
        (["cat, dog", "dog,cat", "cat"], ","),
        (["a,b|c", "c", "a,b"], "|"),
        (["Smith, J", "cat", "cat"], None),
        (["cat", "dog"], None),
        (["cat|", "cat", "|cat"], None),
        ([None, "cat,dog", "cat", "dog"], ","),
        ([], None),
    ],
)
def test_a_sign_separates_labels_that_occur_elsewhere(values, sign):
    assert separator(values) == sign


def test_labels_of_a_cell_are_sorted_and_counted_once():
    assert labels("dog| cat |dog", "cat", "dog", "", None, float("nan")) == [
        ("cat", "dog"), ("cat",), ("dog",), (), (), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell", [["b", "a"], "['b', 'a']", '["b", "a"]', "[b, a]", ("b", "a"), " [b,a] "]
)
def test_lists_and_what_is_written_as_one(cell):
    assert labels(cell, "[]") == [("a", "b"), ()]


def test_accents_are_composed():
    assert labels("e\u0301t\u00e9", "\u00e9te\u0301") == [("été",), ("été",)]


def test_the_sign_is_said():
    read = READER.labels({"tags": ["a|b", "a", "b"]}, where)
    assert read.notes == ("Labels in `tags` are separated by '|'.",)


COLUMNS = {"cat": ["1", "0", "1"], " dog ": [0, 0, True]}


def test_columns_of_bits_have_their_names_without_outer_spaces():
    read = READER.labels(COLUMNS, where)
    assert read.names == ("cat", "dog")
    assert read.labels == [("cat",), (), ("cat", "dog")]
    targets = READER.targets(read.labels, read.names, "a.csv")
    assert targets.tolist() == [[1, 0], [0, 0], [1, 1]]
    assert READER.counts(targets, read.names) == {"cat": 2, "dog": 1}


def test_what_is_taken_for_sets():
    one_each = {"cat": ["1", "0"], "dog": ["0", "1"]}
    assert reader_of(COLUMNS, readers()).name == "multilabel"
    assert reader_of(one_each, readers()).name == "classification"
    assert reader_of({"t": ["a|b", "a", "b"]}, readers()).name == "multilabel"
    assert reader_of({"t": ["a", "b", "b"]}, readers()).name == "classification"
    assert not READER.reads({"cat": ["1"], "age": ["7"]})
    assert READER.columns([*COLUMNS], COLUMNS.get) == (*COLUMNS,)
    assert READER.columns(["cat"], COLUMNS.get) == ()


def test_a_cell_that_is_neither_0_nor_1():
    with pytest.raises(DataError, match=r"^a\.csv, row 3: `dog` must be 0 or 1, got '"):
        READER.labels({"cat": ["1", "0"], "dog": ["1", "maybe"]}, where)


def test_a_label_that_training_does_not_have():
    with pytest.raises(
        DataError, match="has the label 'fox', which is not among the 1"
    ):
        READER.targets([("cat", "fox")], ("cat",), "a.csv")


def test_the_rarest_label_is_the_stratum():
    targets = np.array([[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0]])
    assert READER.strata(targets).tolist() == [0, 1, 0, 2, 3]


def test_no_label_at_all():
    with pytest.raises(DataError, match="no label at all to train on"):
        READER.check([(), ()], (), "a.csv")


def test_labels_that_every_image_has_alike():
    with pytest.raises(DataError, match="every training image has the same labels: a"):
        READER.check([("a", "b"), ("a", "b")], ("a", "b"), "a.csv")
    READER.check([("a",), ()], ("a",), "a.csv")


def test_decimal_commas_separate_no_labels():
    assert separator(["46,69", "46,70", "3,69", "3,70"]) is None


@pytest.mark.parametrize("odd", ["2", "yes"])
def test_an_odd_cell_among_zeros_and_ones_is_named(odd):
    bits = ["0", "1"] * 15
    cells = {"sea": bits, "sky": [*bits[:-1], odd], "sun": bits[::-1]}
    reader = reader_of(cells, readers())
    assert reader.name == "multilabel"
    assert reader.columns([*cells, "n"], (cells | {"n": ["0", "2"]}).get) == (*cells,)
    with pytest.raises(DataError) as caught:
        reader.labels(cells, lambda i: f"a.csv, line {i + 2}")
    text = str(caught.value)
    assert text.startswith(f"a.csv, line 31: `sky` must be 0 or 1, got {odd!r}. ")
    assert "data.target_column" in text
    one_hot = {"sea": bits, "sky": [*bits[1:], odd]}
    with pytest.raises(DataError, match=f"line 31: `sky` must be 0 or 1, got '{odd}'"):
        readers("classification")[0].labels(one_hot, lambda i: f"line {i + 2}")
