"""Checks of points, on faults that are planted in real and made shapes."""

import numpy as np
import pytest

from trainwell.diagnose import check_points

FACE = np.array([[-1.0, -1], [1, -1], [0, 0], [-0.7, 1], [0.7, 1]])
SWAPS = ((0, 1), (3, 4))


@pytest.fixture
def shapes():
    """Return 60 faces, turned and scaled, in images of 100 pixels."""
    rng = np.random.default_rng(0)
    found = []
    for angle, scale in zip(
        rng.normal(0, 0.3, 60), rng.uniform(10, 20, 60), strict=True
    ):
        c, s = np.cos(angle), np.sin(angle)
        noisy = FACE + rng.normal(0, 0.05, FACE.shape)
        found.append(scale * noisy @ [[c, s], [-s, c]] + 50)
    return np.array(found)


SIZES = np.full((60, 2), 100)
NAMES = [f"{i}.png" for i in range(60)]


def levels(shapes, swaps=SWAPS):
    return {f.name: f.level for f in check_points(shapes, SIZES, NAMES, swaps=swaps)}


def test_good_shapes_raise_no_alarm(shapes):
    assert set(levels(shapes).values()) == {"pass"}
    some = shapes.copy()
    some[::3, 2] = np.nan
    assert set(levels(some).values()) == {"pass"}


def test_points_beyond_an_edge_are_counted(shapes):
    shapes[7, 0, 0] = 100.5
    shapes[9, :2, 1] = -3
    found = check_points(shapes, SIZES, NAMES, swaps=SWAPS)[0]
    assert found.level == "warn"
    assert found.numbers == {"points": 3, "images": 2}
    assert "first in 7.png" in found.what


def test_left_and_right_exchanged_are_named(shapes):
    shapes[[4, 40]] = shapes[[4, 40]][:, [1, 0, 2, 4, 3]]
    found = {f.name: f for f in check_points(shapes, SIZES, NAMES, swaps=SWAPS)}
    fault = found["left and right exchanged"]
    assert fault.level == "fail"
    assert fault.numbers == {"images": 2}
    assert "4.png, 40.png" in fault.what
    assert found["shapes"].level == "pass"


def test_a_shape_of_another_image_is_unlike(shapes):
    shapes[12] = np.random.default_rng(1).uniform(0, 100, (5, 2))
    found = {f.name: f for f in check_points(shapes, SIZES, NAMES, swaps=SWAPS)}
    assert "first 12.png" in found["shapes unlike others"].what


def test_wrong_pairs_make_an_uneven_mean(shapes):
    assert levels(shapes, swaps=((0, 3), (1, 4)))["mean shape uneven"] == "warn"
    assert levels(shapes)["mean shape"] == "pass"


def test_few_shapes_are_not_judged(shapes):
    found = check_points(shapes[:5], SIZES[:5], NAMES[:5], swaps=SWAPS)
    assert [f.level for f in found] == ["pass", "untested"]
