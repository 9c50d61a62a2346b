"""Swaps by names, by known layouts, and as given; real faces nearly equal their mirror."""

import contextlib
import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainwell.augment import move_points, ops
from trainwell.core.errors import DataError
from trainwell.data import KNOWN_SWAPS, point_swaps

COCO = (
    "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder",
    "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
)  # fmt: skip
KAGGLE = (
    "left_eye_center", "right_eye_center", "left_eye_inner_corner",
    "right_eye_inner_corner", "nose_tip", "mouth_left_corner", "mouth_right_corner",
)  # fmt: skip
MIDDLES = {5: 1, 17: 1, 68: 10, 98: 10}


def numbers(count):
    return [str(i) for i in range(count)]


@pytest.mark.parametrize("count", KNOWN_SWAPS)
def test_a_known_layout_swaps_every_point_once(count):
    pairs = KNOWN_SWAPS[count]
    named = [i for pair in pairs for i in pair]
    assert len(set(named)) == len(named)
    assert set(named) <= set(range(count))
    assert count - len(named) == MIDDLES[count]
    order = np.arange(count)
    for a, b in pairs:
        order[[a, b]] = b, a
    assert (order[order] == np.arange(count)).all()
    assert point_swaps(numbers(count)) == tuple(sorted(pairs))


def test_the_pairs_of_the_68_points_as_they_are_listed():
    listed = "31-35 32-34 36-45 37-44 38-43 39-42 40-47 41-46 48-54 49-53 50-52 55-59 56-58 60-64 61-63 65-67"
    expected = {tuple(map(int, pair.split("-"))) for pair in listed.split()}
    expected |= {(i, 16 - i) for i in range(8)} | {(17 + k, 26 - k) for k in range(5)}
    assert set(KNOWN_SWAPS[68]) == expected


def test_some_pairs_of_the_98_points():
    rows = {a: b for a, b in KNOWN_SWAPS[98]}
    assert [rows[i] for i in (0, 15, 33, 37, 38, 41)] == [32, 17, 46, 42, 50, 47]
    assert [rows[i] for i in (60, 64, 65, 67, 76, 83, 88, 93)] == [
        72,
        68,
        75,
        73,
        82,
        87,
        92,
        95,
    ]


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (("left_eye", "right_eye", "nose"), ((0, 1),)),
        (("nose", "eye_right", "eye_left"), ((1, 2),)),
        (("l_eye", "nose", "r_eye"), ((0, 2),)),
        (("L1", "R1", "L2", "R2", "R"), ((0, 1), (2, 3))),
        (("leftEye", "RightEye"), ((0, 1),)),
        (("EyeL", "EyeR"), ((0, 1),)),
        (("righteye", "nose", "lefteye"), ((0, 2),)),
        (("left eye.left corner", "right eye.right corner"), ((0, 1),)),
        (
            (
                "left_eye_left_corner",
                "left_eye_right_corner",
                "right_eye_left_corner",
                "right_eye_right_corner",
            ),
            ((0, 3), (1, 2)),
        ),
        (KAGGLE, ((0, 1), (2, 3), (5, 6))),
        (COCO, tuple((i, i + 1) for i in range(1, 16, 2))),
        (("brightest", "upright"), ()),
        (("a", "b", "c"), ()),
        ((), ()),
    ],
    ids=str,
)
def test_sides_in_names(names, pairs):
    assert point_swaps(names) == pairs


def test_known_layouts_are_those_of_their_names():
    assert KNOWN_SWAPS[17] == point_swaps(COCO)
    five = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")
    assert KNOWN_SWAPS[5] == point_swaps(five)


def test_names_go_before_the_number_of_points():
    assert point_swaps(("nose", "left", "right", "chin", "brow")) == ((1, 2),)


def test_a_side_without_the_other():
    with pytest.raises(DataError, match="'left_eye' has no counterpart on the other"):
        point_swaps(("left_eye", "nose"))
    with pytest.raises(DataError, match="several points are the other side of 'left_"):
        point_swaps(("left_eye", "right_eye", "RightEye"))


def test_given_pairs():
    names = ("left_eye", "right_eye", "nose", "chin")
    assert point_swaps(names, [(3, 2), ("left_eye", 1)]) == ((0, 1), (2, 3))
    assert point_swaps(names, []) == ()
    assert point_swaps(("7", "0"), [("0", "7")]) == ((0, 1),)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("9" * 5000, 1)], "no point '9999"),
        ([(0, 4)], "no point 4 .* there are 4, from 'a' to 'd'"),
        ([(0, -1)], "no point -1"),
        ([("a", "bb")], "no point 'bb'"),
        ([(0, 0)], "'a' is in two places"),
        ([(0, 1), (2, 1)], "'b' is in two places"),
        ([(0, 1, 2)], "no pair of points"),
    ],
)
def test_pairs_that_are_none(pairs, message):
    with pytest.raises(DataError, match=message) as error:
        point_swaps(tuple("abcd"), pairs)
    assert "\n" not in str(error.value)


@given(st.lists(st.text(st.sampled_from("lrLReft_ight1 é"), max_size=9), max_size=6))
def test_any_names_give_pairs_or_one_line(names):
    with contextlib.suppress(DataError):
        pairs = point_swaps(names)
        named = [i for pair in pairs for i in pair]
        assert len(set(named)) == len(named)


def test_the_mean_face_nearly_equals_its_mirror(shared_data):
    path = shared_data / "faces68" / "points.csv"
    if not path.is_file():
        pytest.skip("needs faces68 beside the checkout")
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    mean = np.array([row[3:] for row in rows], float).reshape(-1, 68, 2).mean(0) + 0.5
    flip, side = ops.crop_only(np.array([[1.0, 0.0, 0.0, 1.0]])), np.array([128])
    visible = np.ones((1, 68), bool)

    def away(swaps):
        moved, _ = move_points(
            mean[None], visible, flip, side, side, size=128, swaps=swaps
        )
        centred = moved[0] - moved[0].mean(0) - (mean - mean.mean(0))
        return np.linalg.norm(centred, axis=1)

    eyes = np.linalg.norm(mean[36] - mean[45])
    swaps = point_swaps(numbers(68))
    assert away(swaps).max() < 0.1 * eyes
    assert away(()).max() > 0.9 * eyes
    for i in range(len(swaps)):  # every pair is needed
        assert away(swaps[:i] + swaps[i + 1 :]).max() > 0.1 * eyes
