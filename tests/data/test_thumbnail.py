import numpy as np
import pytest

from trainwell.data import _thumbnail as T


def slow_thumbnail(image: np.ndarray) -> np.ndarray:
    """The mean of every cell, pixel by pixel, in float64."""
    height, width, channels = image.shape
    luma = {1: [1.0], 3: [0.299, 0.587, 0.114]}[channels]
    grey = (image.astype(np.float64) * luma).sum(axis=2)
    cells = np.zeros((8, 9))
    for r in range(8):
        for c in range(9):
            top, bottom = r * height / 8, (r + 1) * height / 8
            left, right = c * width / 9, (c + 1) * width / 9
            for y in range(height):
                for x in range(width):
                    dy = max(0.0, min(bottom, y + 1) - max(top, y))
                    dx = max(0.0, min(right, x + 1) - max(left, x))
                    cells[r, c] += grey[y, x] * dy * dx
    return cells / (height / 8 * width / 9)


@pytest.mark.parametrize("size", [(8, 9), (5, 4), (13, 30), (40, 17)])
@pytest.mark.parametrize("channels", [1, 3])
def test_thumbnails_are_the_means_of_areas(size, channels, picture):
    images = np.stack([picture(i, *size, channels) for i in range(3)])
    got = T.thumbnails(images).reshape(3, 8, 9).astype(float)
    want = np.stack([slow_thumbnail(image) for image in images])
    assert np.abs(got - want).max() <= 0.501  # rounded to whole pixel values


def test_hash_by_hand():
    cells = np.zeros((1, 8, 9), np.uint8)
    cells[0, 0, 1:] = 5  # rises once, between the first two cells
    cells[0, 7, 8] = 1  # rises between the last two
    thumbs = cells.reshape(1, 72)
    assert int(T.difference_hash(thumbs)[0]) == (1 << 63) + 1
    assert T.structure(thumbs).tolist() == [1]


def test_structure_counts_differences_above_three():
    cells = np.zeros((1, 8, 9), np.uint8)
    cells[0, 0, ::2] = 3
    cells[0, 1, ::2] = 4
    assert T.structure(cells.reshape(1, 72)).tolist() == [8]


def test_standardised_ignores_brightness_and_contrast(picture):
    thumb = T.thumbnails(picture(1)[None]).astype(int)
    other = (thumb // 2 + 40).astype(np.uint8)
    a, b = T.standardised(thumb.astype(np.uint8)), T.standardised(other)
    assert float((a * a).sum()) == pytest.approx(1, abs=1e-5)
    assert float((a * b).sum()) > 0.999
    blank = T.standardised(np.full((1, 72), 9, np.uint8))
    assert (blank == 0).all()


def test_is_grey(picture):
    grey = picture(0, channels=1)
    assert T.is_grey(grey)
    colour = np.repeat(grey, 3, axis=2)
    assert T.is_grey(colour)
    colour[3, 5, 1] ^= 1
    assert not T.is_grey(colour)
