import numpy as np
import pytest

from trainwell.augment.policies import RandomResizedCrop, SamplingContext


def crop_boxes(n=4000, height=90, width=60, **kwargs):
    sides = np.full(n, height, np.int32), np.full(n, width, np.int32)
    context = SamplingContext(1, 0, np.arange(n, dtype=np.uint64), *sides)
    return RandomResizedCrop(**kwargs)(context).crop_boxes


def test_area_and_ratio_stay_in_their_ranges_and_are_spread():
    w = crop_boxes(fit="stretch", min_area=0.25, max_ratio=2.0)
    size = w[:, 2:] - w[:, :2]
    area, ratio = size.prod(1), size[:, 0] / size[:, 1]
    assert area.max() <= 1 + 1e-9
    assert (ratio >= 0.5 - 1e-9).all()
    assert (ratio <= 2 + 1e-9).all()
    assert area.min() < 0.27
    assert abs(np.log(ratio).mean()) < 4 * np.log(2) / np.sqrt(3 * 4000)
    assert w.min() >= 0
    assert w.max() <= 1 + 1e-9


def test_crops_stay_inside_the_padded_square():
    w = crop_boxes(height=100, width=50, min_area=0.3)
    assert w[:, [0, 2]].min() >= -0.5
    assert w[:, [0, 2]].max() <= 1.5
    assert w[:, [1, 3]].min() >= 0


@pytest.mark.parametrize("fit", ["pad", "crop"])
def test_the_ratio_is_that_by_which_a_circle_is_stretched(fit):
    sides = np.full(500, 90, np.int32), np.full(500, 60, np.int32)
    keys = np.arange(500, dtype=np.uint64)
    context = SamplingContext(1, 0, keys, *sides, size=(96, 160))
    for most in (1.0, 2.0):
        shown = RandomResizedCrop(fit=fit, max_ratio=most)(context).crop_boxes
        scale = (shown[:, 2:] - shown[:, :2]) * [60, 90] / [160, 96]
        stretched = scale[:, 0] / scale[:, 1]
        assert stretched.max() <= most * (1 + 1e-9)
        assert stretched.min() >= (1 - 1e-9) / most
        assert stretched.max() - stretched.min() > 0.9 * (most - 1 / most)


def test_limits_are_checked():
    with pytest.raises(ValueError, match="`min_area` must be in"):
        RandomResizedCrop(min_area=0)
