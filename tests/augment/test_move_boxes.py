"""Boxes: by hand, clipped, and around what the engine draws."""

import numpy as np
import pytest

from trainwell.augment import move_boxes, render_masks
from trainwell.augment.ops import (
    TransformParams,
    crop_only,
    erase,
    lens_distortion,
    rotate,
    shear_x,
)
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.data import pack_images

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])


def moved(box, operations=None, crop_box=WHOLE, size=10, side=(10, 10)):
    params = TransformParams(crop_box, operations or no_ops(1))
    height, width = (np.array([s]) for s in side)
    boxes, shares = move_boxes(
        np.array([[box]], float), params, height, width, size=size
    )
    return boxes[0, 0], shares[0, 0]


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        (0, (1, 2, 4, 8)),
        (90, (2, 6, 8, 9)),
        (180, (6, 2, 9, 8)),
        (270, (2, 1, 8, 4)),
    ],
)
def test_right_angles_by_hand(degrees, expected):
    box, share = moved((1, 2, 4, 8), rotate(np.array([float(degrees)])))
    np.testing.assert_allclose(box, expected, atol=1e-12)
    assert share == pytest.approx(1)


def test_the_envelope_of_a_box_turned_by_45_degrees():
    box, _ = moved((3, 3, 7, 7), rotate(np.array([45.0])))
    half = 2 * 2**0.5
    np.testing.assert_allclose(box, (5 - half, 5 - half, 5 + half, 5 + half))


def test_clipping_leaves_the_share_of_the_area_that_is_seen():
    crop_box = np.array([[0.5, 0.0, 1.5, 1.0]])
    box, share = moved((2, 4, 6, 8), crop_box=crop_box)
    np.testing.assert_allclose(box, (0, 4, 1, 8))
    assert share == pytest.approx(0.25)


def test_out_of_sight_is_a_share_of_zero_on_the_border():
    box, share = moved((0, 4, 2, 8), crop_box=np.array([[0.5, 0.0, 1.0, 1.0]]))
    assert share == 0
    np.testing.assert_allclose(box, (0, 4, 0, 8))


def test_a_box_without_area_has_no_share():
    assert moved((3, 3, 3, 8))[1] == 0


def test_windows_on_an_image_that_is_not_square():
    box, share = moved((5, 2, 10, 4), size=40, side=(8, 20))
    np.testing.assert_allclose(box, (10, 10, 20, 20))
    assert share == pytest.approx(1)


def test_mirroring_keeps_the_order_of_the_edges():
    box, _ = moved((1, 2, 4, 8), crop_box=np.array([[1.0, 0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(box, (6, 2, 9, 8))


def test_erasing_hides_no_box():
    assert moved((1, 2, 4, 8), erase(0, 0, 1, 1))[1] == pytest.approx(1)


def test_a_lens_bends_edges_beyond_their_corners():
    box, _ = moved((1, 1, 9, 9), lens_distortion(0.3))
    reach = np.roots([0.3, 0, 1, -0.8])
    reach = reach[np.isreal(reach)].real[0]  # r + 0.3 r^3 = 0.8, the edge's middle
    np.testing.assert_allclose(box, 5 + 5 * reach * np.array([-1, -1, 1, 1]))


@pytest.mark.parametrize(
    "operations",
    [rotate(np.array([30.0])), shear_x(np.array([0.3])), lens_distortion(0.2, 0.1)],
)
@pytest.mark.parametrize("size", [80, (60, 80), (90, 50)])
def test_it_is_the_box_of_the_mask_that_the_engine_draws(operations, size):
    mask = np.zeros((60, 80, 1), np.uint8)
    mask[20:42, 30:52] = 1
    seen = render_masks(
        pack_images([mask]),
        np.array([0]),
        TransformParams(WHOLE, operations),
        size=size,
    )
    y, x = np.nonzero(seen[0])
    box, _ = moved((30, 20, 52, 42), operations, size=size, side=(60, 80))
    expected = [x.min(), y.min(), x.max() + 1, y.max() + 1]
    # A sharp corner may miss every pixel centre for two pixels.
    np.testing.assert_allclose(box, expected, atol=2)


def test_shapes_are_checked():
    one = np.array([9])
    with pytest.raises(ValueError, match="`boxes` must have the shape"):
        move_boxes(np.zeros((1, 4)), crop_only(WHOLE), one, one, size=9)
