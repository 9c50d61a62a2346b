"""`.pts` files beside images."""

import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading, read_pts, read_pts_folder

TWO = "version: 1\nn_points:  2\n{\n10.5 8\n3 4.25\n}\n"


@pytest.fixture
def put(tmp_path):
    def write(name, text=""):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


def test_ibug_counts_from_one(put, tmp_path):
    image = put("a.png")
    put("a.pts", TWO)
    read = read_pts_folder(tmp_path)
    assert read.points.tolist() == [[[10.0, 7.5], [2.5, 3.75]]]
    assert read.visible.all()
    assert read.names == ("0", "1")
    assert read.paths == (image,)
    assert (read.groups, read.splits, read.notes) == (None, None, ())
    other = read_pts_folder(tmp_path, points_origin="corner")
    assert other.points.tolist() == [[[10.5, 8], [3, 4.25]]]


def test_files_as_they_come(put):
    text = "\ufeffVersion : 1\r\nN_POINTS:1\r\n\r\n{\r\n\r\n 1e1\t-8 \r\n}\r\n"
    assert read_pts(put("a.pts", text)).tolist() == [[10.0, -8.0]]


def test_splits_are_the_folders_at_the_top(put, tmp_path):
    for name in ("trainset/x/a", "testset/a"):
        put(f"{name}.jpg")
        put(f"{name}.PTS", TWO)
    read = read_pts_folder(tmp_path)
    assert dict(zip(read.splits, read.paths, strict=True)) == {
        "train": tmp_path / "trainset/x/a.jpg",
        "test": tmp_path / "testset/a.jpg",
    }
    put("b.jpg")
    put("b.pts", TWO)
    assert read_pts_folder(tmp_path).splits is None


def test_other_folders_are_no_splits(put, tmp_path):
    put("train_dogs/a.jpg")
    put("train_dogs/a.pts", TWO)
    assert read_pts_folder(tmp_path).splits is None


def test_images_without_points_are_told(put, tmp_path):
    put("a.png")
    put("a.pts", TWO)
    put("b.png")
    assert read_pts_folder(tmp_path).notes == (
        f"1 image without a .pts file not used, such as {tmp_path / 'b.png'}.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is no .pts file: it needs one line {"),
        ("n_points: 1\n{\n1 2\n", "needs one line {"),
        ("n_points: 1\n}\n1 2\n{\n", "needs one line {"),
        (TWO + TWO, "needs one line {"),
        ("version: 1\n{\n1 2\n}\n", "has no line n_points"),
        ("n_points: two\n{\n1 2\n}\n", "line 1: n_points must be a whole number"),
        ("n_points: 3\n{\n1 2\n3 4\n}\n", "has 2 points, and says n_points: 3"),
        ("n_points: 0\n{\n}\n", "has 0 points, and says n_points: 0"),
        (
            "n_points: 1\n{\n1 2 3\n}\n",
            "line 3: a point is two numbers, x and y; got 3",
        ),
        ("n_points: 1\n{\n\n1 b\n}\n", "line 4: 'b' is no coordinate"),
        ("n_points: 1\n{\nnan 1\n}\n", "line 3: 'nan' is no coordinate"),
        ("n_points: " + "9" * 5000 + "\n{\n1 1\n}\n", "whole number"),
    ],
)
def test_damaged_files(put, text, message):
    with pytest.raises(DataError, match=message) as error:
        read_pts(put("a.pts", text))
    assert "\n" not in str(error.value)


def test_damaged_folders(put, tmp_path):
    with pytest.raises(DataError, match="has no .pts files"):
        read_pts_folder(tmp_path)
    put("a.pts", TWO)
    with pytest.raises(DataError, match=r"a.pts has no image of the same name"):
        read_pts_folder(tmp_path)
    put("a.png")
    put("b.png")
    put("b.pts", "n_points: 1\n{\n1 2\n}\n")
    with pytest.raises(DataError, match=r"b.pts has 1 point, and .*a.pts has 2"):
        read_pts_folder(tmp_path)
    put("a.jpg")
    with pytest.raises(DataError, match=r"a.pts belongs to a\.\w+ or a\.\w+; take one"):
        read_pts_folder(tmp_path)
    with pytest.raises(DataError, match="`data.pattern` changes nothing"):
        read_pts_folder(tmp_path, Reading(pattern="x"))
    with pytest.raises(DataError, match="cannot read"):
        read_pts(tmp_path / "no.pts")
    with pytest.raises(DataError, match="cannot read"):
        read_pts_folder(tmp_path / "no")
