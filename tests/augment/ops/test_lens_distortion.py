"""Lens distortion: the formula pixel by pixel, and its limits."""

import numpy as np
import pytest

from trainwell.augment.ops import lens_distortion


def slowly(image, k1, k2, x0, y0, fill=128):
    rows, columns = image.shape[:2]
    out = np.full_like(image, fill)
    for y in range(rows):
        for x in range(columns):
            u, v = x + 0.5 - x0 * columns, y + 0.5 - y0 * rows
            r = np.hypot(u, v) / (max(rows, columns) / 2)
            u, v = (p * (1 + k1 * r**2 + k2 * r**4) for p in (u, v))
            column, row = int(np.floor(u + x0 * columns)), int(np.floor(v + y0 * rows))
            if 0 <= column < columns and 0 <= row < rows:
                out[y, x] = image[row, column]
    return out


@pytest.mark.parametrize("lens", [(0.3, 0.1, 0.5, 0.5), (-0.2, 0.05, 0.3, 0.6)])
def test_is_the_formula(images, seen, lens):
    for image in images:
        ours = seen(image, lens_distortion(*lens))
        # where a place lies between two pixels, the last bit decides
        assert (ours != slowly(image, *lens)).mean() < 1e-3


@pytest.mark.parametrize("interpolation", ["nearest", "linear"])
def test_no_distortion_is_nothing(images, seen, interpolation):
    for image in images:
        ours = seen(image, lens_distortion(0.0), interpolation=interpolation)
        np.testing.assert_array_equal(ours, image)


def test_linear_of_a_ramp_is_exact(seen):
    """Pixel values that grow evenly are met between pixels, too: no half-pixel error."""
    size = 64
    ramp = np.repeat(np.arange(size, dtype=np.uint8)[None, :, None] * 3, size, 0)
    ours = seen(ramp, lens_distortion(-0.1), interpolation="linear")
    place = np.arange(size) + 0.5 - size / 2
    r2 = (place**2 + 0.25) / (size / 2) ** 2
    expected = 3 * (place * (1 - 0.1 * r2) + size / 2 - 0.5)
    assert np.abs(ours[size // 2, :, 0] - expected).max() <= 0.5 + 1e-9
