"""Rotate: Pillow's, and the direction by hand."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment.ops import rotate


def pillow(degrees, resample=Image.NEAREST):
    def theirs(picture):
        fill = 128 if picture.mode == "L" else (128,) * 3
        return picture.rotate(degrees, resample, fillcolor=fill)

    return theirs


def test_counter_clockwise(seen):
    image = np.zeros((3, 3, 1), np.uint8)
    image[0, 1] = 200  # above the centre; a quarter turn brings it to the left
    assert seen(image, rotate(90.0))[1, 0] == 200


@pytest.mark.parametrize("degrees", [-180, -90, -30, 0, 1, 15, 45, 90, 180, 270])
def test_nearest_equals_pillow(difference, degrees):
    assert difference(rotate(degrees), pillow(degrees)).max() == 0


def test_nearest_of_any_angle(difference, photos):
    for degrees in np.random.default_rng(0).uniform(-180, 180, 20):
        distances = difference(rotate(degrees), pillow(degrees), photos)
        # where a place lies between two pixels within 2^-16, either may be taken
        assert (distances > 0).mean() < 3e-4


@pytest.mark.parametrize("degrees", [-30, 7.3, 45, 133.3])
def test_linear_is_near_pillow(difference, photos, degrees):
    theirs = pillow(degrees, Image.BILINEAR)
    distances = difference(rotate(degrees), theirs, photos, interpolation="linear")
    # weights of 7 and 6 bits; Pillow cuts off the fraction where we round
    assert distances.max() <= 3
    assert distances.mean() < 0.5


@pytest.mark.parametrize("degrees", [-140, -45, 10, 30, 60, 90])
def test_a_circle_stays_one_on_an_image_that_is_not_square(seen, degrees):
    y, x = np.mgrid[:96, :160] + 0.5
    ring = np.abs(np.hypot(x - 80, y - 48) - 30) < 4
    image = (200 * ring).astype(np.uint8)[..., None]
    turned = seen(image, rotate(float(degrees)), border="black")
    place = np.hypot(x - 80, y - 48)[turned[..., 0] > 0]
    assert np.abs(place - 30).max() < 5
    assert ring.sum() == pytest.approx(len(place), rel=0.03)
    aside = np.hypot(x - 110, y - 48) < 10
    dot = seen((200 * aside).astype(np.uint8)[..., None], rotate(float(degrees)))
    rows, columns = np.nonzero(dot[..., 0] == 200)
    angle = np.radians(degrees)
    centre = [columns.mean() + 0.5, rows.mean() + 0.5]
    expected = [80 + 30 * np.cos(angle), 48 - 30 * np.sin(angle)]
    np.testing.assert_allclose(centre, expected, atol=0.3)


@pytest.mark.parametrize("degrees", [-30, 15, 45, 90])
def test_nearest_against_torchvision(
    difference, photos, torchvision, of_tensors, degrees
):
    theirs = of_tensors(lambda x: torchvision.rotate(x, degrees, fill=[128] * 3))
    # torchvision's places are of 32 bits: ties may go the other way
    assert (difference(rotate(degrees), theirs, photos) > 0).mean() < 3e-3
