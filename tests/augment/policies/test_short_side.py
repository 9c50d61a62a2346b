import numpy as np
import pytest

from trainwell.augment.policies import SamplingContext, ShortSide


def test_scale_and_place():
    """[256, 480] then 224 on an image of 300 x 600: squares of 140 to 262.5 pixels."""
    n = 5000
    heights, widths = np.full(n, 300, np.int32), np.full(n, 600, np.int32)
    params = ShortSide()(
        SamplingContext(0, 0, np.arange(n, dtype=np.uint64), heights, widths)
    )
    pixels = params.crop_boxes * [600, 300, 600, 300]
    sides = pixels[:, 2:] - pixels[:, :2]
    np.testing.assert_allclose(sides[:, 0], sides[:, 1])
    assert 140 - 1e-9 <= sides.min() < 142
    assert 260 < sides.max() <= 262.5 + 1e-9
    short = 300 * 224 / sides[:, 0]
    assert abs(short.mean() - 368) < 5 * 224 / np.sqrt(12 * n)
    assert pixels.min() >= 0
    assert pixels[:, 2].max() <= 600
    assert (pixels[:, 0] > 300).any()


@pytest.mark.parametrize(
    ("size", "largest"),
    [(48, (300, 300)), ((96, 160), (300, 500)), ((100, 300), (200, 600))],
)
def test_crops_have_the_proportions_of_the_output(size, largest):
    """On an image of 300 x 600, the largest is what `crop` would show."""
    sides = np.full(100, 300, np.int32), np.full(100, 600, np.int32)
    keys = np.arange(100, dtype=np.uint64)
    params = ShortSide(low=1, high=1)(SamplingContext(0, 0, keys, *sides, size=size))
    pixels = params.crop_boxes * [600, 300, 600, 300]
    shown = pixels[:, 2:] - pixels[:, :2]
    np.testing.assert_allclose(shown, np.tile(largest[::-1], (100, 1)))
    assert pixels.min() >= -1e-9
    assert (pixels <= np.array([600, 300, 600, 300]) + 1e-9).all()


def test_messages():
    with pytest.raises(ValueError, match="`high` must be in"):
        ShortSide(low=2, high=1.5)
