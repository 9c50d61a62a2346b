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


def test_messages():
    with pytest.raises(ValueError, match="`high` must be in"):
        ShortSide(low=2, high=1.5)
