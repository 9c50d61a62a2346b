"""Packing keeps every pixel where it is."""

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.data import pack_images


def images(*shapes):
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, shape).astype(np.uint8) for shape in shapes]


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_each_image_comes_back(channels):
    source = images((4, 7, channels), (1, 1, channels), (9, 2, channels))
    pack = pack_images(source)
    assert len(pack) == 3
    assert pack.channels == channels
    assert pack.heights.tolist() == [4, 1, 9]
    assert pack.widths.tolist() == [7, 1, 2]
    assert pack.offsets.tolist() == [0, 28 * channels, 29 * channels]
    for i, image in enumerate(source):
        assert np.array_equal(pack.image(i), image)


def test_views_that_are_not_contiguous():
    (large,) = images((8, 8, 3))
    source = [large[::2, ::-1], large.transpose(1, 0, 2)]
    pack = pack_images(source)
    assert np.array_equal(pack.image(0), source[0])
    assert np.array_equal(pack.image(1), source[1])


def test_it_is_a_copy():
    source = images((2, 2, 1))
    pack = pack_images(source)
    before = pack.image(0).copy()
    source[0] += 1
    assert np.array_equal(pack.image(0), before)


def test_mixed_channels():
    with pytest.raises(DataError, match="must share their channels"):
        pack_images(images((2, 2, 1), (2, 2, 3)))


def test_nothing():
    with pytest.raises(DataError, match="must share their channels"):
        pack_images([])
