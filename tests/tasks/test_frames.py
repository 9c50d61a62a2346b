"""Places go to what is shown and back, whatever the fit and the proportions."""

import numpy as np
import pytest
import torch

from trainwell.tasks import whole_frames
from trainwell.tasks._frames import (
    check_swaps,
    from_image,
    mirrored_points,
    mirrored_rows,
    placed_rows,
    to_image,
)

SIZES = np.array([[50, 100], [100, 50], [64, 64], [31, 77]])


def slow_frame(height, width, mode, shown):
    """Return x, y, width, height of what is shown, from the definition of the fits."""
    if mode == "stretch":
        return [0, 0, width, height]
    scales = [shown[1] / width, shown[0] / height]
    scale = min(scales) if mode == "pad" else max(scales)
    w, h = shown[1] / scale, shown[0] / scale
    return [(width - w) / 2, (height - h) / 2, w, h]


@pytest.mark.parametrize("mode", ["pad", "stretch", "crop"])
@pytest.mark.parametrize("size", [32, (48, 32), (20, 90)])
def test_frames_are_what_is_shown_in_pixels_of_the_image(mode, size):
    shown = (size, size) if isinstance(size, int) else size
    expected = [slow_frame(h, w, mode, shown) for h, w in SIZES.tolist()]
    np.testing.assert_allclose(whole_frames(SIZES, mode, size), expected, atol=1e-9)


@pytest.mark.parametrize("mode", ["pad", "stretch", "crop"])
@pytest.mark.parametrize("size", [32, (48, 32)])
def test_there_and_back(mode, size):
    points = np.random.default_rng(0).normal(30, 40, (4, 7, 2))
    frames = whole_frames(SIZES, mode, size)
    shown = from_image(points, frames, size)
    np.testing.assert_allclose(to_image(shown, frames, size), points, atol=1e-9)


def test_the_middle_stays_the_middle():
    frames = whole_frames(SIZES, "pad", (48, 32))
    middle = SIZES[:, None, ::-1] / 2
    np.testing.assert_allclose(
        from_image(middle, frames, (48, 32)), [[[16.0, 24.0]]] * 4, atol=1e-9
    )


@pytest.mark.parametrize("kind", [np.asarray, torch.tensor])
def test_a_mirror_swaps_names_and_leaves_what_it_was_given(kind):
    points = kind([[[1.0, 2.0], [7.0, 4.0], [3.0, 5.0]]])
    found = mirrored_points(points, [(0, 1)], 8)
    assert found.tolist() == [[[1, 4], [7, 2], [5, 5]]]
    assert points[0, 0, 0] == 1


def test_rows_are_points():
    rows = np.random.default_rng(0).normal(9, 4, (4, 6)).astype(np.float32)
    points, frames = rows.reshape(4, 3, 2), whole_frames(SIZES, "pad", 32)
    placed = placed_rows(rows, frames, 32)
    assert placed.dtype == np.float32
    expected = to_image(points, frames, 32).reshape(4, 6)
    np.testing.assert_allclose(placed, expected, rtol=1e-6)
    np.testing.assert_array_equal(
        mirrored_rows(rows, [(0, 2)], 32),
        mirrored_points(points, [(0, 2)], 32).reshape(4, 6),
    )


@pytest.mark.parametrize("swaps", [((0, 1), (1, 2)), ((0, 3),), ((-1, 0),)])
def test_swaps_are_pairs_of_points(swaps):
    check_swaps(((0, 1),), 3)
    with pytest.raises(ValueError, match="swapped points"):
        check_swaps(swaps, 3)
