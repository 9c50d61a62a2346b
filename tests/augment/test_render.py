"""The one pass: against Pillow, against plain slices, and at its borders."""

import numpy as np
import pytest
from PIL import Image as PillowImage

from trainwell.augment import render, render_uint8
from trainwell.augment._tables import normalization_table
from trainwell.augment.ops import crop_only, fit
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

HALF = Standardize((0.5, 0.5, 0.5), (0.25, 0.25, 0.25))


@pytest.fixture(scope="module")
def photo(shared_data):
    path = sorted((shared_data / "clothing" / "train" / "shoes").iterdir())[0]
    return np.asarray(PillowImage.open(path).convert("RGB"))


def one(image, crop_box, size, standardize=HALF, **kwargs):
    pack = pack_images([image])
    rows, params = np.array([0]), crop_only(np.array([crop_box], float))
    return render_uint8(
        pack, rows, params, size=size, standardize=standardize, **kwargs
    )[0]


@pytest.mark.parametrize("size", [17, 64, 300])
@pytest.mark.parametrize("crop_box", [(0, 0, 1, 1), (0.1, 0.2, 0.9, 0.7)])
def test_agrees_with_pillow_resize(photo, size, crop_box):
    height, width = photo.shape[:2]
    box = [a * b for a, b in zip(crop_box, (width, height) * 2, strict=True)]
    expected = np.asarray(
        PillowImage.fromarray(photo).resize((size, size), PillowImage.BILINEAR, box)
    )
    difference = np.abs(one(photo, crop_box, size).astype(int) - expected)
    # Pillow rounds to 8 bits between its two passes and cuts the filter at the box,
    # we at the image: one pixel value inside, more only within the filter of the box's edge.
    margin = 0 if crop_box == (0, 0, 1, 1) else 2
    inner = difference[margin : size - margin, margin : size - margin]
    assert inner.max() <= 1
    assert difference.mean() < 0.3


def test_whole_pixel_shift_is_a_slice_of_the_reflected_image(photo):
    image = photo[:40, :40]
    seen = one(image, (3 / 40, -2 / 40, 43 / 40, 38 / 40), 40, border="reflect")
    padded = np.pad(image, ((3, 3), (3, 3), (0, 0)), mode="reflect")
    np.testing.assert_array_equal(seen, padded[1:41, 6:46])


def test_flip_is_exact(photo):
    image = photo[:33, :33]
    np.testing.assert_array_equal(one(image, (1, 0, 0, 1), 33), image[:, ::-1])


def test_padding_shows_the_mean_colour_and_all_of_the_image():
    image = np.full((10, 20, 3), 200, np.uint8)
    crop_box = fit(np.array([10], np.int32), np.array([20], np.int32), mode="pad")[0]
    seen = one(image, crop_box, 20, Standardize((0.1, 0.2, 0.3), (1, 1, 1)))
    assert (seen[5:15] == 200).all()
    outside = np.concatenate([seen[:5], seen[15:]])
    assert (outside == np.rint(255 * np.array([0.1, 0.2, 0.3]))).all()


def test_rendering_is_the_normalised_8_bit_image(photo):
    pack, rows = pack_images([photo]), np.array([0])
    params = crop_only(np.array([[0.1, 0.1, 0.8, 0.9]]))
    standardize = Standardize((0.4, 0.5, 0.6), (0.1, 0.2, 0.3))
    pixel_values = render_uint8(pack, rows, params, size=50, standardize=standardize)
    batch = render(pack, rows, params, size=50, standardize=standardize)
    expected = (pixel_values / 255 - [0.4, 0.5, 0.6]) / [0.1, 0.2, 0.3]
    np.testing.assert_array_equal(batch, expected.astype(np.float32))


@pytest.mark.parametrize("channels", [1, 3, 5])
def test_any_number_of_channels_and_of_threads(channels):
    rng = np.random.default_rng(0)
    images = [
        rng.integers(0, 256, (9 + i, 14 - i, channels), dtype=np.uint8)
        for i in range(7)
    ]
    pack, rows = pack_images(images), np.array([6, 0, 3, 3, 1])
    params = crop_only(rng.uniform(-0.3, 1.3, (5, 4)))
    stats = Standardize((0.5,) * channels, (0.2,) * channels)
    one_thread = render(pack, rows, params, size=8, standardize=stats)
    three = render(pack, rows, params, size=8, standardize=stats, threads=3)
    assert one_thread.shape == (5, 8, 8, channels)
    np.testing.assert_array_equal(one_thread, three)
    alone = render(pack, rows[2:3], params[2:3], size=8, standardize=stats)
    np.testing.assert_array_equal(one_thread[2:3], alone)


@pytest.mark.parametrize("border", ["mean", "reflect"])
def test_windows_far_outside_and_images_of_one_pixel(border):
    pack = pack_images([np.full((1, 1, 3), 9, np.uint8), np.ones((2, 3, 3), np.uint8)])
    crop_boxes = np.array([[-50.0, -50, 90, 90], [40, 40, 41, 41]])
    pixel_values = render_uint8(
        pack,
        np.array([0, 1]),
        crop_only(crop_boxes),
        size=4,
        standardize=HALF,
        border=border,
    )
    assert set(np.unique(pixel_values)) <= (
        {9, 1} if border == "reflect" else {9, 1, 128}
    )


def test_half_pixel_centres():
    image = np.array([[[0], [100]]], np.uint8)
    pixel_values = one(image, (0, 0, 1, 1), 4, Standardize((0.5,), (1.0,)))
    # output centres at 0.25, 0.75, 1.25, 1.75 source pixels; pixel centres 0.5 and 1.5
    assert pixel_values[0, :, 0].tolist() == [0, 25, 75, 100]


def test_table_is_the_formula():
    table = normalization_table(Standardize((0.5, 0.2), (0.25, 0.1)))
    assert table.shape == (2, 256)
    assert table[0, 255] == 2.0
    assert table[1, 51] == pytest.approx(0.0, abs=1e-7)


def test_unknown_border():
    with pytest.raises(ValueError, match="`border` must be one of mean, reflect"):
        one(np.zeros((2, 2, 3), np.uint8), (0, 0, 1, 1), 2, border="wrap")
