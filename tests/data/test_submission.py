"""What the contest asks for, and its answer: written, and read back."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import (
    AskedPoints,
    Reading,
    read_asked_points,
    read_landmarks,
    write_submission,
)


@pytest.fixture
def asked(tmp_path):
    rng = np.random.default_rng(0)
    indices = np.stack([rng.choice(971, 30, replace=False) for _ in range(4)])
    names = [f"{i}.jpg" for i in range(4)]
    rows = [
        f"{n}\t{list(map(int, row))}" for n, row in zip(names, indices, strict=True)
    ]
    text = "\n".join(["file_name\tpoint_index_list", *rows])
    (tmp_path / "test_points.csv").write_text(text + "\n")
    for name in names:
        (tmp_path / name).touch()
    found = read_asked_points(tmp_path / "test_points.csv")
    assert found.names == tuple(names)
    np.testing.assert_array_equal(found.indices, indices)
    return found


@pytest.mark.parametrize(
    "row",
    ["a.jpg\t[3, 17]", "a.jpg\t3\t17", "a.jpg\t(3,17)", "a.jpg\t3,17", "a.jpg,3,17"],
)
def test_forms_of_indices(tmp_path, row):
    (tmp_path / "t.csv").write_text(f"{row}\n")
    found = read_asked_points(tmp_path / "t.csv")
    assert (found.names, found.indices.tolist()) == (("a.jpg",), [[3, 17]])


@pytest.mark.parametrize(("origin", "shift"), [("corner", 0.0), ("centre", 0.5)])
def test_written_and_read_back(asked, tmp_path, origin, shift):
    points = np.random.default_rng(1).uniform(-3, 900, (4, 971, 2))
    path = tmp_path / "submission.csv"
    write_submission(path, points, asked, points_origin=origin)
    lines = path.read_text().split("\n")
    header = lines[0].split(",")
    assert header[:3] == ["file_name", "Point_M0_X", "Point_M0_Y"]
    assert header[-1] == "Point_M29_Y"
    assert len(header) == 61
    assert len(lines) == 6
    assert lines[-1] == ""
    x, y = points[2, asked.indices[2, 7]] - shift
    assert lines[3].split(",")[0] == "2.jpg"
    assert lines[3].split(",")[15:17] == [f"{x:.3f}", f"{y:.3f}"]
    read = read_landmarks(path, Reading(image_folder="."), points_origin=origin)
    chosen = np.stack([p[i] for p, i in zip(points, asked.indices, strict=True)])
    np.testing.assert_allclose(read.points, chosen, atol=5.001e-4)
    assert tuple(p.name for p in read.paths) == asked.names


def test_whole_pixels(tmp_path):
    path = tmp_path / "s.csv"
    asked = AskedPoints(("a.jpg",), np.array([[1, 0]]))
    write_submission(path, np.array([[[1.4, 2.6], [3.0, 4.0]]]), asked, digits=0)
    assert path.read_text().split("\n")[1] == "a.jpg,3,4,1,3"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no rows"),
        ("a.jpg\t[]\n", "line 1: indices of points are needed"),
        ("a.jpg\t[1, x]\n", "line 1: indices of points are needed"),
        ("a.jpg\t[1, -2]\n", "line 1: indices of points are needed"),
        ("a.jpg\t[1, 2]\nb.jpg\t[1]\n", "line 2: 2 indices of points are needed"),
        ("a.jpg\t[1.5]\n", "line 1: indices"),
        (f"a.jpg\t[{'9' * 5000}]\n", "line 1: indices"),
        ("a.jpg\t[__import__('os').getcwd()]\n", "line 1: indices"),
    ],
)
def test_damaged_test_points(tmp_path, text, message):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(DataError, match=message) as error:
        read_asked_points(tmp_path / "t.csv")
    assert "\n" not in str(error.value)


def test_answers_that_do_not_fit(tmp_path):
    path, points = tmp_path / "s.csv", np.zeros((1, 3, 2))
    one = AskedPoints(("a.jpg",), np.array([[0, 2]]))
    with pytest.raises(DataError, match="2 answers for 1 images"):
        write_submission(path, np.zeros((2, 3, 2)), one)
    with pytest.raises(DataError, match="the point 3 is asked for, .* 3 points"):
        write_submission(path, points, AskedPoints(("a.jpg",), np.array([[0, 3]])))
    with pytest.raises(DataError, match="the point -1 is asked for"):
        write_submission(path, points, AskedPoints(("a.jpg",), np.array([[0, -1]])))
    points[0, 2, 1] = np.nan
    with pytest.raises(DataError, match="the answer for a.jpg is no number"):
        write_submission(path, points, one)
    points[0, 2, 1] = 0
    with pytest.raises(DataError, match="'a,b.jpg' holds a comma"):
        write_submission(path, points, AskedPoints(("a,b.jpg",), np.array([[0, 2]])))
    assert not path.exists()
