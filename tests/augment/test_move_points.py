"""Points: by hand, through random looks against what the engine draws, and swapped."""

import numpy as np
import pytest

from trainwell.augment import move_points, render_uint8
from trainwell.augment.ops import (
    TransformParams,
    concat,
    crop_only,
    erase,
    fit,
    flip,
    horizontal_flip,
    lens_distortion,
    rotate,
    rotate90,
    shear_x,
    shear_y,
    stretch,
    translate_x,
    transpose,
    vertical_flip,
)
from trainwell.augment.ops._op_sequence import no_ops, select
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])
BLACK = Standardize((0.0,), (1.0,))
REACH = 4  # pixels of the source from a dot's centre to its end


def moved(points, operations=None, crop_boxes=WHOLE, size=10, side=(10, 10), **kwargs):
    points = np.array([points], float)
    params = TransformParams(crop_boxes, operations or no_ops(1))
    visible = np.ones(points.shape[:2], bool)
    height, width = (np.array([s]) for s in side)
    points, visible = move_points(
        points, visible, params, height, width, size=size, **kwargs
    )
    return points[0], visible[0]


def test_the_first_pixel_centre_stays_it_where_pixels_stay():
    points, visible = moved([(0.5, 0.5), (9.5, 2.5)])
    np.testing.assert_array_equal(points, [(0.5, 0.5), (9.5, 2.5)])
    assert visible.all()


def test_half_pixels_count_when_an_image_is_enlarged():
    points, _ = moved([(0.5, 9.5)], size=20)
    np.testing.assert_allclose(points, [(1.0, 19.0)])


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        (flip(), (7.5, 1.5)),
        (rotate90(1), (1.5, 7.5)),
        (rotate(np.array([90.0])), (1.5, 7.5)),
        (transpose(), (1.5, 2.5)),
        (stretch(2.0, 0.5), (0.0, 3.25)),
        (translate_x(0.2), None),
    ],
    ids=["flip", "rotate90", "rotate", "transpose", "stretch", "translate"],
)
def test_by_hand(operations, expected):
    points, _ = moved([(2.5, 1.5)], operations)
    if expected is None:
        a, b, c = operations.magnitudes[0, 0, :3]
        assert (a, b) == (1, 0)
        expected = (2.5 - 10 * c, 1.5)
    np.testing.assert_allclose(points, [expected], atol=1e-12)


def test_windows_by_hand_on_an_image_that_is_not_square():
    crop_box = np.array([[0.25, 0.5, 0.75, 1.0]])
    points, visible = moved(
        [(10.0, 9.0), (4.0, 9.0), (10.0, 3.0)], crop_boxes=crop_box, side=(12, 20)
    )
    np.testing.assert_allclose(points, [(5, 5), (-1, 5), (5, -5)])
    np.testing.assert_array_equal(visible, [True, False, False])


def test_what_a_canvas_on_the_way_cut_off_does_not_come_back():
    there_and_back = concat(translate_x(0.5), translate_x(-0.5))
    points, visible = moved([(2.5, 5.0), (7.5, 5.0)], there_and_back)
    np.testing.assert_allclose(points, [(2.5, 5.0), (7.5, 5.0)])
    assert visible.sum() == 1


def test_outside_the_image_is_not_visible_though_inside_the_canvas():
    crop_box = np.array([[-0.5, -0.5, 1.5, 1.5]])
    points, visible = moved([(-2.0, 5.0), (2.0, 5.0)], crop_boxes=crop_box)
    np.testing.assert_allclose(points[0], (1.5, 5.0))
    np.testing.assert_array_equal(visible, [False, True])


def test_erasing_hides_the_pixels_it_covers_and_moves_nothing():
    places = [(1.99, 5.0), (2.0, 5.0), (4.99, 5.0), (5.0, 5.0), (3.0, 8.0)]
    points, visible = moved(places, erase(0.2, 0.3, 0.5, 0.8))
    np.testing.assert_allclose(points, places)
    np.testing.assert_array_equal(visible, [True, False, False, True, True])


def test_erased_points_move_on_and_stay_hidden():
    points, visible = moved([(3.0, 5.0)], concat(erase(0.2, 0.3, 0.5, 0.8), flip()))
    np.testing.assert_allclose(points, [(7.0, 5.0)])
    assert not visible.any()


def test_what_was_hidden_stays_hidden():
    params, one = crop_only(WHOLE), np.array([10])
    _, visible = move_points(
        np.full((1, 1, 2), 5.0), np.zeros((1, 1), bool), params, one, one, size=10
    )
    assert not visible.any()


def test_turns_by_hand_on_a_canvas_that_is_not_square():
    """A quarter turn about the centre of 20 x 10 pixels, which is (10, 5)."""
    oblong = {"size": (10, 20), "side": (10, 20)}
    points, visible = moved([(12.0, 4.0), (18.0, 5.0)], rotate90(1), **oblong)
    np.testing.assert_allclose(points, [(9, 3), (10, -3)])
    np.testing.assert_array_equal(visible, [True, False])
    points, _ = moved([(12.0, 4.0)], transpose(), **oblong)
    np.testing.assert_allclose(points, [(9, 7)])
    points, _ = moved([(12.0, 4.0)], shear_x(0.5), **oblong)
    np.testing.assert_allclose(points, [(10, 4)])


@pytest.mark.parametrize("k1", [-0.15, 0.0, 0.3])
@pytest.mark.parametrize("k2", [-0.02, 0.0, 0.1])
def test_lenses_are_inverted(k1, k2):
    places = np.random.default_rng(0).uniform(0.2, 0.8, (50, 2))
    axis = np.array([0.4, 0.55])
    r2 = (4 * (places - axis) ** 2).sum(1, keepdims=True)
    source = axis + (places - axis) * (1 + k1 * r2 + k2 * r2**2)
    points, _ = moved(source * 10, lens_distortion(k1, k2, *axis), size=30)
    np.testing.assert_allclose(points, places * 30, rtol=0, atol=1e-6)


def test_a_lens_leaves_its_axis_where_it_is():
    points, visible = moved([(5.0, 5.0)], lens_distortion(0.3))
    np.testing.assert_allclose(points, [(5.0, 5.0)])
    assert visible.all()


def test_a_cushion_shows_nothing_beyond_its_fold():
    points, visible = moved([(9.9, 5.0), (8.0, 5.0)], lens_distortion(-0.4))
    np.testing.assert_array_equal(visible, [False, True])
    assert points[0, 0] > 10
    r = (points[1, 0] - 5) / 5
    assert r * (1 - 0.4 * r * r) == pytest.approx(0.6)
    assert r < (1 / 1.2) ** 0.5


@pytest.mark.parametrize(
    ("crop_box", "operations", "swapped"),
    [
        (WHOLE, None, False),
        (horizontal_flip(WHOLE, np.array([True])), None, True),
        (WHOLE[:, [0, 3, 2, 1]], None, True),
        (WHOLE[:, [2, 3, 0, 1]], None, False),
        (WHOLE, vertical_flip(), True),
        (WHOLE, flip(), True),
        (WHOLE, transpose(), True),
        (WHOLE, rotate90(1), False),
        (WHOLE, concat(flip(), flip()), False),
        (horizontal_flip(WHOLE, np.array([True])), flip(), False),
        (horizontal_flip(WHOLE, np.array([True])), lens_distortion(0.1), True),
    ],
)
def test_mirrored_images_swap_left_and_right(crop_box, operations, swapped):
    asked = [(2.5, 4.0), (7.0, 3.0), (5.0, 6.0)]
    plain, _ = moved(asked, operations, crop_box)
    named, _ = moved(asked, operations, crop_box, swaps=[(0, 2)])
    order = [2, 1, 0] if swapped else [0, 1, 2]
    np.testing.assert_array_equal(named, plain[order])


def test_visibility_swaps_with_its_point():
    crop_box = np.array([[0.9, 0.0, -0.1, 1.0]])
    _, visible = moved([(9.5, 5.0), (3.0, 5.0)], crop_boxes=crop_box, swaps=[(0, 1)])
    np.testing.assert_array_equal(visible, [True, False])


def random_looks(rng, n):
    """Crops, shifts, flips; 0 to 4 operations of geometry, or an erased rectangle."""
    centre, half = rng.uniform(0.35, 0.65, (n, 2)), rng.uniform(0.25, 0.7, (n, 2))
    crop_boxes = np.concatenate([centre - half, centre + half], 1)
    crop_boxes = horizontal_flip(crop_boxes, rng.random(n) < 0.5)
    upside_down = rng.random(n) < 0.3
    crop_boxes[upside_down] = crop_boxes[upside_down][:, [0, 3, 2, 1]]
    whole = np.flatnonzero(rng.random(n) < 0.2)
    crop_boxes[whole] = [0, 0, 1, 1]

    def between(low, high):
        return rng.uniform(low, high, n)

    operations = no_ops(n)
    for _ in range(4):
        corner = rng.uniform(0, 0.8, (n, 2))
        options = [
            no_ops(n, 1),
            rotate(between(-180, 180)),
            shear_x(between(-0.3, 0.3)),
            shear_y(between(-0.3, 0.3), about="centre"),
            translate_x(between(-0.3, 0.3)),
            stretch(between(0.7, 1.4), between(0.7, 1.4)),
            lens_distortion(
                between(-0.1, 0.2),
                between(0, 0.05),
                *between(0.3, 0.7)[None].repeat(2, 0),
            ),
            erase(*corner.T, *(corner + 0.3).T, color=np.zeros(1)),
            flip(n),
        ]
        operations = concat(
            operations, select(rng.integers(0, len(options), n), options)
        )
    return TransformParams(crop_boxes, operations)


def dot(height, width, place):
    y, x = np.mgrid[:height, :width] + 0.5
    r2 = (x - place[0]) ** 2 + (y - place[1]) ** 2
    level = 255 * np.exp(-r2 / 4.5) * (r2 < REACH**2)
    return np.rint(level).astype(np.uint8)[..., None]


def around(place):
    """Return the place first, concat places on circles about it."""
    angle = np.arange(16) * np.pi / 8
    ring = np.stack([np.cos(angle), np.sin(angle)], 1)
    radii = np.array([0.25, 0.5, 0.75, 1.0, 1.3])[:, None, None] * REACH
    return np.concatenate([place[None], (place + radii * ring).reshape(-1, 2)])


@pytest.mark.parametrize("size", [96, (80, 130), (110, 70)])
def test_a_dot_is_seen_where_the_moved_point_says_in_a_thousand_looks(size):
    rng, n = np.random.default_rng(3), 1000
    params = random_looks(rng, n)
    heights, widths = rng.integers(70, 140, (2, n)).astype(np.int32)
    places = rng.uniform(0.15, 0.85, (n, 2)) * np.stack([widths, heights], 1)
    sources = zip(heights, widths, places, strict=True)
    images = [dot(*source) for source in sources]
    shown_dots = render_uint8(
        pack_images(images),
        np.arange(n),
        params,
        size=size,
        standardize=BLACK,
        border="black",
        interpolation="linear",
    )[..., 0].astype(float)
    discs = np.stack([around(place) for place in places])
    points, visible = move_points(
        discs, np.ones(discs.shape[:2], bool), params, heights, widths, size=size
    )
    whole, hidden = visible.all(1), ~visible.any(1)
    assert whole.sum() > 300
    assert hidden.sum() > 100
    assert shown_dots[hidden].max() <= 12  # the filter's tail, less than a twentieth
    y, x = np.mgrid[: shown_dots.shape[1], : shown_dots.shape[2]] + 0.5
    for image, place in zip(shown_dots[whole], points[whole, 0], strict=True):
        centroid = np.array([(image * x).sum(), (image * y).sum()]) / image.sum()
        assert np.abs(centroid - place).max() < 0.5


@pytest.mark.parametrize("swaps", [[(0, 0)], [(0, 3)], [(0, 1), (1, 2)], [(-1, 0)]])
def test_swaps_name_two_points(swaps):
    with pytest.raises(ValueError, match="`swaps` must be pairs of different points"):
        moved([(1, 1), (2, 2), (3, 3)], swaps=swaps)


def test_shapes_are_checked():
    params, one = (
        crop_only(fit(np.array([9]), np.array([9]), mode="pad")),
        np.array([9]),
    )
    with pytest.raises(ValueError, match="`visible` must have the shape"):
        move_points(
            np.zeros((1, 2, 2)), np.ones((1, 3), bool), params, one, one, size=9
        )
    with pytest.raises(ValueError, match="`points` of 1 samples must have the shape"):
        move_points(
            np.zeros((2, 2, 2)), np.ones((2, 2), bool), params, one, one, size=9
        )
