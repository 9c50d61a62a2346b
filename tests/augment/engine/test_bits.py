"""16 bits through the compiled pass, against Pillow in floating point."""

import numpy as np
import pytest
from PIL import Image

from trainwell.augment import ops, render, render_uint8
from trainwell.core.errors import DataError
from trainwell.data import pack_images
from trainwell.preprocess import Standardize

DRAW = np.random.default_rng(0)
STANDARD = Standardize((0.4, 0.5, 0.6), (0.2, 0.25, 0.3))
WHOLE = ops.crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))


def picture(height, width, channels=3):
    return DRAW.integers(0, 65536, (height, width, channels)).astype(np.uint16)


def shown(image, params, size, **how):
    how = {"standardize": STANDARD, **how}
    return render_uint8(pack_images([image]), np.arange(1), params, size=size, **how)[0]


@pytest.mark.parametrize("size", [8, 20, 45])
@pytest.mark.parametrize("channels", [1, 3, 5])
def test_a_crop_is_what_pillow_resizes_to(size, channels):
    image = picture(20, 20, channels)
    standard = Standardize((0.5,) * channels, (0.2,) * channels)
    found = shown(image, WHOLE, size, standardize=standard)
    planes = [
        Image.fromarray(image[..., c].astype(np.float32)) for c in range(channels)
    ]
    exact = np.stack(
        [np.asarray(p.resize((size, size), Image.Resampling.BILINEAR)) for p in planes],
        2,
    )
    assert found.dtype == np.uint16
    assert np.abs(found - exact).max() <= 1


@pytest.mark.parametrize("channels", [1, 3])
def test_warps_move_all_bits(channels):
    """Both bytes of a nearest warp move as 8-bit images do."""
    image = picture(24, 24, channels)
    standard = Standardize((0.5,) * channels, (0.2,) * channels)
    params = ops.TransformParams(WHOLE.crop_boxes, ops.rotate(np.array([30.0])))
    how = {"standardize": standard, "border": "black"}
    found = shown(image, params, 24, **how)
    for shift in (0, 8):
        part = (image >> shift).astype(np.uint8)
        moved = shown(part, params, 24, **how)
        np.testing.assert_array_equal((found >> shift) & 255, moved)


def test_linear_warps_interpolate_between_all_bits():
    image = picture(24, 24)
    params = ops.TransformParams(WHOLE.crop_boxes, ops.rotate(np.array([30.0])))
    how = {"border": "black", "interpolation": "linear"}
    found = shown(image, params, 24, **how).astype(float)
    high = shown((image >> 8).astype(np.uint8), params, 24, **how).astype(float)
    assert np.abs(found / 256 - high).max() <= 1.5
    assert len(np.unique(found % 256)) == 256


def test_values_are_normalised_on_a_scale_of_65535():
    image = picture(9, 9)
    found = render(pack_images([image]), np.arange(1), WHOLE, size=9,
                   standardize=STANDARD)[0]  # fmt: skip
    exact = (image / 65535 - STANDARD.mean) / STANDARD.std
    np.testing.assert_allclose(found, exact, atol=1e-6)


def test_8_bits_times_257_are_normalised_to_the_same():
    small = DRAW.integers(0, 256, (12, 12, 3)).astype(np.uint8)
    both = [
        render(pack_images([image]), np.arange(1), WHOLE, size=12,
               standardize=STANDARD)
        for image in (small, small.astype(np.uint16) * np.uint16(257))
    ]  # fmt: skip
    np.testing.assert_array_equal(*both)


def test_erased_parts_have_the_colour_that_is_asked_for():
    params = ops.TransformParams(
        WHOLE.crop_boxes, ops.erase(0.0, 0.0, 0.5, 0.5, color=np.array([255.0]))
    )
    found = shown(picture(8, 8), params, 8)
    assert (found[:4, :4] == 65535).all()
    assert not (found[4:, 4:] == 65535).all()


def test_tones_are_refused():
    params = ops.TransformParams(WHOLE.crop_boxes, ops.invert(1))
    with pytest.raises(DataError, match="16-bit images are cropped, warped and erase"):
        shown(picture(8, 8), params, 8)
