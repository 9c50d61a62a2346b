import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading
from trainwell.data._reading import AS_FOUND
from trainwell.data._table_columns import described, find_columns


def found(columns, reading=AS_FOUND):
    return find_columns("t.csv", tuple(columns), columns.__getitem__, reading)


ANY = ["x", "y"]


@pytest.mark.parametrize(
    ("names", "image", "target"),
    [
        (["path", "target"], "path", "target"),
        (["Label", "File Name"], "File Name", "Label"),
        (["id", "image_id", "diagnosis"], "image_id", "diagnosis"),
        (["id", "breed"], "id", "breed"),
        (["class", "category", "filename", "label"], "filename", "label"),
        (["image", "anything"], "image", "anything"),
        (["name", "IMG", "species"], "IMG", "species"),
    ],
)
def test_usual_names(names, image, target):
    columns = found({name: ANY for name in names})
    assert (columns.image, columns.targets, columns.split) == (image, (target,), "")
    plain = (image, target) == ("path", "target")
    assert columns.notes == () if plain else image in columns.notes[0]


def test_names_that_are_said_come_first():
    table = {"path": ANY, "target": ANY, "jpg": ANY, "Kind": ANY, "who": ANY}
    reading = Reading(image_column="jpg", target_column="kind", group_column="who")
    columns = found(table, reading)
    assert columns.used == ("jpg", "Kind", "who")
    assert columns.notes == ()
    with pytest.raises(DataError, match=r"no column 'kid' .*Did you mean `Kind`"):
        found(table, Reading(target_column="kid"))
    assert found(table, Reading(target_column="kid").relaxed()).targets == ("target",)


def test_several_columns_can_be_targets():
    table = {"path": ANY, "width": ANY, "Height": ANY, "note": ANY}
    columns = found(table, Reading(target_column=("height", "width")))
    assert columns.targets == ("Height", "width")
    with pytest.raises(DataError, match="no column 'widht'"):
        found(table, Reading(target_column=("height", "widht")))


def test_paths_are_known_by_their_endings_before_ids():
    columns = found({"id": ["1", "2"], "x": ["a.jpg", "b.PNG"], "label": ANY})
    assert columns.image == "x"


def test_columns_of_zeros_and_ones_are_classes():
    bits = ["0", "1"]
    table = {"image_id": ANY, "rust": bits, "scab": [1.0, 0], "healthy": [True, False]}
    columns = found(table)
    assert columns.targets == ("rust", "scab", "healthy")
    assert "rust, scab, healthy" in columns.notes[0]
    assert found({**table, "label": ANY}).targets == ("label",)


def test_many_columns_are_named_shortly():
    names = ["label", *(f"pixel{i}" for i in range(784))]
    with pytest.raises(DataError, match=r"label, pixel0, pixel1, ... \(785 columns\)"):
        found({name: ["0"] for name in names})
    assert described(["a", "b"]) == "a, b"
    assert described([]) == "none"


def test_columns_of_row_numbers_are_not_read():
    for index in ("", "Unnamed: 0"):
        columns = found({index: ["0", "1"], "image": ANY, "kind of animal": ANY})
        assert columns.used == ("image", "kind of animal")


def test_a_table_without_a_header():
    with pytest.raises(
        DataError, match="has no header: its first line is a/1.png, cat"
    ):
        found({"a/1.png": ANY, "cat": ANY})
