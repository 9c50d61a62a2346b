"""Masks: by hand, never a new label, at the places of the points, beside the image."""

import numpy as np
import pytest

from trainwell.augment import move_points, render_masks, render_uint8
from trainwell.augment.ops import (
    TransformParams,
    brightness,
    concat,
    crop_only,
    erase,
    flip,
    gaussian_blur,
    invert,
    lens_distortion,
    rotate,
    rotate90,
    shear_x,
    stretch,
)
from trainwell.augment.ops._op_sequence import no_ops, select
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])
LABELS = np.array([[1, 2], [3, 7]], np.uint8)[..., None]


def one(mask, operations=None, crop_box=WHOLE, **kwargs):
    params = TransformParams(np.array(crop_box, float), operations or no_ops(1))
    return render_masks(pack_images([mask]), np.array([0]), params, **kwargs)[0]


def test_turns_and_mirrors_by_hand():
    np.testing.assert_array_equal(one(LABELS, size=2), [[1, 2], [3, 7]])
    np.testing.assert_array_equal(one(LABELS, flip(), size=2), [[2, 1], [7, 3]])
    np.testing.assert_array_equal(one(LABELS, rotate90(1), size=2), [[2, 7], [1, 3]])


def test_enlarging_repeats_labels():
    expected = np.repeat(np.repeat(LABELS[..., 0], 3, 0), 3, 1)
    np.testing.assert_array_equal(one(LABELS, size=6), expected)


def test_reducing_takes_the_pixel_under_the_centre():
    mask = np.arange(81, dtype=np.uint8).reshape(9, 9, 1)
    np.testing.assert_array_equal(one(mask, size=3), mask[1::3, 1::3, 0])


def test_what_lies_outside_has_its_own_label():
    crop_box = [[-0.5, 0, 0.5, 1]]
    np.testing.assert_array_equal(
        one(LABELS, crop_box=crop_box, size=2, outside=255), [[255, 1], [255, 3]]
    )
    turned = one(np.full((9, 9, 1), 5, np.uint8), rotate(np.array([45.0])), size=9)
    assert turned[0, 0] == 0
    assert turned[4, 4] == 5


def test_reflection_mirrors_labels_as_it_mirrors_pixels():
    rng = np.random.default_rng(0)
    mask = rng.integers(0, 256, (6, 5, 1)).astype(np.uint8)
    params = crop_only(np.array([[-0.8, -0.5, 1.2, 10 / 6 - 0.5]]))
    pack, rows = pack_images([mask]), np.array([0])
    expected = render_uint8(
        pack, rows, params, size=10, standardize=Standardize((0.0,), (1.0,)),
        border="reflect",
    )[..., 0]  # fmt: skip
    seen = render_masks(pack, rows, params, size=10, reflect=True, outside=9)
    np.testing.assert_array_equal(seen, expected)


def test_tones_and_kernels_leave_labels_alone():
    changed = concat(brightness(0.5), flip(), invert(), gaussian_blur(1.0))
    np.testing.assert_array_equal(one(LABELS, changed, size=2), [[2, 1], [7, 3]])


def test_erasing_keeps_the_truth_unless_asked_to_hide_it():
    half = erase(0.0, 0.0, 0.5, 1.0, color=np.array([200.0]))
    np.testing.assert_array_equal(one(LABELS, half, size=2), [[1, 2], [3, 7]])
    np.testing.assert_array_equal(
        one(LABELS, half, size=2, hide_erased=True, outside=9), [[9, 2], [9, 7]]
    )
    assert half.magnitudes[0, 0, 4] == 200


def random_looks(rng, n):
    low, high = rng.uniform(-0.2, 0.4, (n, 2)), rng.uniform(0.6, 1.2, (n, 2))
    crop_boxes = np.concatenate([low, high], 1)
    crop_boxes[::3] = crop_boxes[::3][:, [2, 1, 0, 3]]

    def between(low, high):
        return rng.uniform(low, high, n)

    operations = no_ops(n)
    for _ in range(3):
        options = [
            no_ops(n, 1),
            rotate(between(-180, 180)),
            shear_x(between(-0.3, 0.3)),
            stretch(between(0.6, 1.5), between(0.6, 1.5)),
            lens_distortion(between(-0.1, 0.2)),
        ]
        operations = concat(
            operations, select(rng.integers(0, len(options), n), options)
        )
    return TransformParams(crop_boxes, operations)


@pytest.mark.parametrize("size", [24, 48, 90, (30, 70), (80, 36)])
def test_labels_are_those_of_the_points_and_no_others(size):
    rng, n = np.random.default_rng(1), 100
    params = random_looks(rng, n)
    blocks = rng.choice(np.array([20, 90, 160, 250], np.uint8), (n, 4, 4))
    masks = [np.kron(b, np.ones((12, 12), np.uint8))[..., None] for b in blocks]
    seen = render_masks(pack_images(masks), np.arange(n), params, size=size, outside=3)
    assert set(np.unique(seen)) <= {3, 20, 90, 160, 250}
    y, x = np.mgrid[:4, :4] * 12 + 6.0
    cross = np.array([[0, 0], [4, 0], [-4, 0], [0, 4], [0, -4]])
    places = np.stack([x.ravel(), y.ravel()], 1)[:, None] + cross
    side, tile = np.full(n, 48), np.tile(places.reshape(-1, 2), (n, 1, 1))
    points, visible = move_points(
        tile, np.ones((n, 80), bool), params, side, side, size=size
    )
    well_inside = visible.reshape(n, 16, 5).all(2)
    sample, block = np.nonzero(well_inside)
    column, row = points.reshape(n, 16, 5, 2)[:, :, 0][well_inside].astype(int).T
    assert len(sample) > 300
    np.testing.assert_array_equal(
        seen[sample, row, column], blocks.reshape(n, 16)[sample, block]
    )


def test_agrees_with_the_image_wherever_whole_pixels_move():
    rng = np.random.default_rng(2)
    mask = rng.integers(0, 256, (12, 12, 1)).astype(np.uint8)
    crop_boxes = np.array([[-3, 2, 9, 14], [12, 0, 0, 12], [1, -2, 13, 10]]) / 12
    operations = select(np.array([0, 1, 1]), [no_ops(3, 1), rotate90(np.arange(3))])
    params, rows = TransformParams(crop_boxes, operations), np.zeros(3, np.int64)
    black = Standardize((0.0,), (1.0,))
    image = render_uint8(
        pack_images([mask]), rows, params, size=12, standardize=black, border="black"
    )
    seen = render_masks(pack_images([mask]), rows, params, size=12)
    np.testing.assert_array_equal(seen, image[..., 0])


def test_messages():
    with pytest.raises(ValueError, match="`outside` must be in"):
        one(LABELS, size=2, outside=256)
    with pytest.raises(ValueError, match="`masks` must have one channel, got 3"):
        one(np.zeros((2, 2, 3), np.uint8), size=2)
