from pathlib import Path

import pytest

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.runs import evaluate


@pytest.fixture
def table(put):
    put("images", 30)

    def write(name, label):
        rows = [f"images/{i}.png,{label(i)}" for i in range(30)]
        Path(f"{name}.csv").write_text("\n".join(["path,target", *rows]))
        return f"{name}.csv"

    return write


def test_numbers_that_are_no_classes(table):
    with pytest.raises(DataError, match="`target` must be text or an integer: 5.286"):
        load(table("regression", lambda i: f"{i * 37 % 100 / 7:.3f}"))
    (note, *_) = load(table("ages", lambda i: 18 + i % 6)).audit.notes
    assert note.startswith(
        "The 6 whole numbers 18 to 23 of `target` are taken as classes"
    )


def test_several_labels_in_a_cell(table):
    names = ("cat|dog", "cat", "dog")
    (note,) = load(table("several", lambda i: names[i % 3])).audit.notes
    assert note.startswith("'cat|dog' looks like several labels in a cell of `target`")


def test_whole_floats_are_the_classes_of_integers(table, quick):
    floats = table("floats", lambda i: float(i % 2))
    quick(floats)
    Path("ints.csv").write_text(Path(floats).read_text().replace(".0", ""))
    assert evaluate("run", "ints.csv").per_class.keys() <= {"0", "1"}


def test_missing_in_every_spelling(table):
    spelled = ("nan", "NA", "null", "None", "#N/A", "")
    source = table("gaps", lambda i: spelled[i] if i < 6 else "cat" if i % 2 else "dog")
    with pytest.raises(
        DataError, match=r"line 2: `target` is missing \(nan\) \(5 more"
    ):
        load(source)
    splits = load(source, bad_images="skip")
    assert splits.classes == ("cat", "dog")
    assert sum(map(len, (splits.train, splits.val, splits.test))) == 24
