"""Tables of points: forms, visibility, origins, and what is refused with its line."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import POINTS_ORIGINS, Reading, read_points_csv

NAN = float("nan")


@pytest.fixture
def table(tmp_path):
    for name in ("a", "b", "c"):
        Image.new("RGB", (20, 16)).save(tmp_path / f"{name}.png")

    def write(*lines, name="t.csv"):
        (tmp_path / name).write_text("\n".join(lines) + "\n")
        return tmp_path / name

    return write


def test_by_hand(table):
    path = table(
        "path,split,person,x0,y0,x1,y1",
        "a.png,train,7,1.5,2,3,4.25",
        "b.png,Validation,8,5,6,7,8",
    )
    read = read_points_csv(path)
    assert read.points.tolist() == [[[1.5, 2], [3, 4.25]], [[5, 6], [7, 8]]]
    assert read.points.dtype == np.float64
    assert read.visible.all()
    assert read.names == ("0", "1")
    assert read.paths == (path.parent / "a.png", path.parent / "b.png")
    assert read.splits == ("train", "val")
    assert read.groups == ("7", "8")
    assert "Images of one person stay together (column person)." in read.notes
    assert read.boxes is None


@pytest.mark.parametrize(
    ("origin", "shift"), [("corner", 0), ("centre", 0.5), ("one", -0.5)]
)
def test_origins(table, origin, shift):
    assert POINTS_ORIGINS[origin] == shift
    read = read_points_csv(table("path,x0,y0", "a.png,3,4"), points_origin=origin)
    assert read.points.tolist() == [[[3 + shift, 4 + shift]]]
    assert (read.groups, read.splits, read.notes) == (None, None, ())


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_separators(table, separator):
    lines = ("file,nose_x,nose_y", "a.png,3,4")
    path = table(*(line.replace(",", separator) for line in lines), name="t.tsv")
    assert read_points_csv(path).points.tolist() == [[[3, 4]]]


def test_what_is_not_visible(table):
    path = table(
        "image,a_x,a_y,a_v,b_x,b_y",
        "a.png,1,2,1,,",
        "b.png,1,2,0,-1,-1",
        "c.png,1,2,2.0,3,-0.25",
        "a.png,1,2,,-0.2,3",
    )
    read = read_points_csv(path)
    assert read.visible.tolist() == [
        [True, False],
        [False, False],
        [True, False],
        [False, False],
    ]
    np.testing.assert_array_equal(read.points[0], [[1, 2], [NAN, NAN]])
    assert np.isnan(read.points[~read.visible]).all()
    assert read.notes == ("6 points of 8 not visible.",)
    inside = read_points_csv(path, points_origin="centre").visible[:, 1]
    assert inside.tolist() == [False, False, True, True]


def test_the_corner_of_the_image_is_inside(table):
    path = table("image,a_x,a_y", "a.png,0,0", "b.png,0.5,0.5")
    assert read_points_csv(path).visible.all()
    assert read_points_csv(path, points_origin="one").visible.tolist() == [
        [False],
        [True],
    ]


def test_a_note_counts_hidden_points(table):
    path = table("image,a_x,a_y,b_x,b_y", "a.png,1,2,,", "b.png,-1,-1,3,4")
    assert read_points_csv(path).notes == ("2 points of 4 not visible.",)


def test_columns_and_folders_that_are_said(table, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "a.png").rename(tmp_path / "pictures" / "a.png")
    path = table("who,key,other,x0,y0", "p,a,q,3,4")
    reading = Reading(
        image_column="key",
        group_column="who",
        image_folder="pictures",
        image_suffix=".png",
    )
    read = read_points_csv(path, reading)
    assert read.paths == (tmp_path / "pictures" / "a.png",)
    assert read.groups == ("p",)
    assert read.notes == ()


def test_images_are_found_by_their_endings(table):
    assert len(read_points_csv(table("what,n,x0,y0", "a.png,7,3,4"))) == 1


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("path,x0,y0,x1", "a.png,1,2,3"), r"t.csv, line 1: the point '1' has a column 'x1' and none for y"),
        (("path,x0,y0", "a.png,1,2", "b.png,1"), r"t.csv, line 3: 2 cells for 3 columns\."),
        (("path,x0,y0", "a.png,1,2,3"), r"t.csv, line 2: 4 cells for 3 columns"),
        (("path,x0,y0", "", "a.png,1,two"), r"t.csv, line 3, `y0`: 'two' is no coordinate in pixels"),
        (("path,x0,y0", "a.png,nan,2"), r"line 2, `x0`: 'nan' is no coordinate"),
        (("path,x0,y0", "a.png,1,inf"), r"line 2, `y0`: 'inf' is no coordinate"),
        (("path,x0,y0", "a.png,1,1e6"), r"line 2, `y0`: '1e6' is no coordinate"),
        (("path,x0,y0", "a.png,1_0,2"), r"line 2, `x0`: '1_0' is no coordinate"),
        (("path,x0,y0", 'a.png,"1,5",2'), r"'1,5' is no coordinate in pixels; write a number with a decimal point"),
        (("path,x0,y0", "a.png,1,"), r"line 2: `x0` has a value and `y0` is empty; fill both"),
        (("path,x0,y0", "a.png,,1"), r"line 2: `y0` has a value and `x0` is empty; fill both"),
        (("path,x0,y0,v0", "a.png,1,2,yes"), r"line 2: `v0` must be 0, 1 or 2, got 'yes'"),
        (("path,x0,y0", "a.png,1,2", "z.png,1,2", "y.png,1,2"), r"line 3: no image .*z.png, nor 1 other\. Put it there, or take its row out"),
        (("path,x0,y0", "z" * 5000 + ",1,2"), r"line 2: no image .*zzz"),
        (("path,x0,y0", "a,1,2"), r"line 2: no image .*a\. .*add data.image_suffix=.png"),
        (("path,x0,y0", ",1,2"), r"line 2: `path` names no image"),
        (("path,split,x0,y0", "a.png,dev,1,2"), r"line 2: split must be train, val or test; got 'dev'"),
        (("name2,x0,y0", "7,1,2"), r"no column of images; call it path"),
        (("path,target", "a.png,1"), r"t.csv, line 1 has no columns of points"),
        (("path,x0,y0,path", "a.png,1,2,3"), r"two columns called 'path'"),
        (("path,x0,y0",), r"has no rows"),
    ],
    ids=str,
)  # fmt: skip
def test_refusals_name_the_line_and_what_to_do(table, lines, message):
    with pytest.raises(DataError, match=message) as error:
        read_points_csv(table(*lines))
    assert "\n" not in str(error.value)


def test_refused_options(table, tmp_path):
    path = table("path,x0,y0", "a.png,1,2")
    with pytest.raises(
        DataError, match="`points_origin` must be one of corner, centre"
    ):
        read_points_csv(path, points_origin="center")
    with pytest.raises(DataError, match="has no column 'who'"):
        read_points_csv(path, Reading(group_column="who"))
    with pytest.raises(DataError, match="`data.pattern` changes nothing"):
        read_points_csv(path, Reading(pattern="x"))
    with pytest.raises(DataError, match="cannot read .*no.csv"):
        read_points_csv(tmp_path / "no.csv")
    with pytest.raises(DataError, match="cannot read"):
        read_points_csv(tmp_path)
    (tmp_path / "l.csv").write_bytes(b"path,x0,y0\n\xff\xfe,1,2\n")
    with pytest.raises(DataError, match="cannot read"):
        read_points_csv(tmp_path / "l.csv")


def test_real_faces(shared_data):
    folder = shared_data / "faces68"
    if not folder.is_dir():
        pytest.skip("needs faces68 beside the checkout")
    read = read_points_csv(folder / "points.csv", points_origin="centre")
    assert read.points.shape == (4232, 68, 2)
    assert read.visible.all()
    assert read.points[0, 0].tolist() == [16.98, 51.19]
    assert len(set(read.groups)) == 347
    train = {g for g, s in zip(read.groups, read.splits, strict=True) if s == "train"}
    test = {g for g, s in zip(read.groups, read.splits, strict=True) if s == "test"}
    assert not train & test
    assert read.splits.count("test") == 986
