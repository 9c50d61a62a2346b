"""`landmarks.csv`: a file name, then coordinates."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import Reading, read_landmarks


@pytest.fixture
def table(tmp_path):
    (tmp_path / "images").mkdir()
    for name in ("0.jpg", "1.jpg", "2.jpg"):
        (tmp_path / "images" / name).touch()

    def write(text):
        (tmp_path / "landmarks.csv").write_text(text)
        return tmp_path / "landmarks.csv"

    return write


ROWS = "0.jpg\t9\t7\t3\t4\n1.jpg\t1\t2\t-5\t6\n"


@pytest.mark.parametrize(
    "header",
    ["", "file_name\tPoint_M0_X\tPoint_M0_Y\tPoint_M1_X\tPoint_M1_Y\n", "name\tx\n"],
)
@pytest.mark.parametrize("separator", ["\t", ","])
def test_with_and_without_a_header(table, header, separator):
    path = table((header + ROWS).replace("\t", separator))
    read = read_landmarks(path)
    assert read.points.tolist() == [[[9, 7], [3, 4]], [[1, 2], [-5, 6]]]
    assert read.visible.all()
    assert read.names == ("0", "1")
    assert read.paths == tuple(path.parent / "images" / n for n in ("0.jpg", "1.jpg"))


def test_spaces_around(table):
    read = read_landmarks(table(" 0.jpg\t 9\t7 \n"))
    assert read.points.tolist() == [[[9, 7]]]


def test_some_points_and_another_origin(table):
    read = read_landmarks(table(ROWS), keep=[1], points_origin="centre")
    assert read.points.tolist() == [[[3.5, 4.5]], [[-4.5, 6.5]]]
    assert read.names == ("1",)


def test_ids_in_another_folder(table, tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "7.png").touch()
    reading = Reading(image_folder="p", image_suffix=".png")
    read = read_landmarks(table("7\t1\t2\n"), reading)
    assert read.paths == (tmp_path / "p" / "7.png",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows"),
        ("file_name\tPoint_M0_X\n", "has no rows"),
        ("0.jpg\n", "line 1: 0 coordinates after the file name"),
        ("0.jpg\t1\t2\t3\n", "line 1: 3 coordinates after the file name"),
        (ROWS + "2.jpg\t1\t2\n", "line 3: 2 coordinates, and 4 in the first line"),
        (ROWS + "\n2.jpg\t1\t2\t3\tx\n", "line 4: 'x' is no coordinate"),
        ("0.jpg\t1_0\t2\n", "line 1: '1_0' is no coordinate"),
        ("x" * 5000 + "\t1\t2\n", "line 1: no image .*xxx"),
        ("0.jpg\tnan\t2\n", "line 1: 'nan' is no coordinate"),
        (ROWS + "file_name\tx\ty\tz\tw\n", "line 3: 'x' is no coordinate"),
        (ROWS + "\t1\t2\t3\t4\n", "line 3 begins with no file name"),
        (
            ROWS + "7.jpg\t1\t2\t3\t4\n",
            r"line 3: no image .*images/7.jpg\. Put it there",
        ),
    ],
    ids=str,
)
def test_damaged(table, text, message):
    with pytest.raises(DataError, match=message) as error:
        read_landmarks(table(text))
    assert "\n" not in str(error.value)


def test_what_else_is_refused(table, tmp_path):
    with pytest.raises(DataError, match="no point 2 to keep; there are 2"):
        read_landmarks(table(ROWS), keep=[0, 2])
    with pytest.raises(DataError, match="no point -1 to keep"):
        read_landmarks(table(ROWS), keep=[-1])
    with pytest.raises(DataError, match="cannot read"):
        read_landmarks(tmp_path / "no.csv")
    (tmp_path / "b.csv").write_bytes(b"\xff\t1\t2\n")
    with pytest.raises(DataError, match="cannot read"):
        read_landmarks(tmp_path / "b.csv")


def test_all_points_of_many_images(table):
    values = np.random.default_rng(0).integers(0, 500, (50, 971, 2))
    rows = ["\t".join(["0.jpg", *map(str, v.ravel())]) for v in values]
    read = read_landmarks(table("\n".join(rows)))
    np.testing.assert_array_equal(read.points, values)
