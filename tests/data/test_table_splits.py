"""Columns that seem to be splits are pointed at, and never classes."""

import pytest

from trainwell.core.errors import DataError
from trainwell.data._table import read_csv


def table(tmp_path, head, *rows):
    path = tmp_path / "t.csv"
    path.write_text("\n".join([head, *rows]) + "\n")
    return path


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("fold", "012"),
        ("kfold", "012"),
        ("Fold_ID", "012"),
        ("is_test", "010"),
        ("is_train", "101"),
        ("validation", "010"),
        ("subset", ("train", "train", "Test")),
        ("phase", ("training", "val", "test")),
        ("partition", ("TRAIN", "valid", "TEST")),
    ],
)
def test_it_is_said_how_to_use_them(tmp_path, name, values):
    rows = [f"{i}.png,{'ab'[i % 2]},{value}" for i, value in enumerate(values)]
    source = read_csv(table(tmp_path, f"path,target,{name}", *rows))
    assert list(source.splits) == ["all"]
    note = source.notes[0]
    assert note.startswith(f"Not used: {name}. If the splits are meant, give the table")
    renamed = table(tmp_path, "path,target,split", "1.png,a,train", "2.png,b,test")
    assert list(read_csv(renamed).splits) == ["train", "test"]


def test_they_are_no_classes(tmp_path):
    rows = ["1.png,1,0,0", "2.png,0,1,1", "3.png,1,0,0"]
    source = read_csv(table(tmp_path, "path,cat,dog,is_test", *rows))
    assert source.classes == ("cat", "dog")
    assert source.splits["all"].labels == ["cat", "dog", "cat"]
    assert any("Not used: is_test." in note for note in source.notes)
    with pytest.raises(DataError, match="needs the columns path and target"):
        read_csv(table(tmp_path, "path,fold", "1.png,0", "2.png,1"))


@pytest.mark.parametrize("name", ["target", "class"])
def test_a_column_of_classes_may_hold_such_names(tmp_path, name):
    source = read_csv(table(tmp_path, f"path,{name}", "1.png,test", "2.png,train"))
    assert source.splits["all"].labels == ["test", "train"]
