import numpy as np

from trainwell.augment.policies import Compose, Cutout, PadCrop, RandAugment


def test_the_crop_first_then_each_change(draw):
    crop, change, last = PadCrop(size=32, pixels=4), RandAugment(), Cutout()
    look = Compose(crop, (change, last))(draw(100))
    np.testing.assert_array_equal(look.windows, crop(draw(100)).windows)
    parts = [change(draw(100)), last(draw(100))]
    codes = np.concatenate([p.codes for p in parts], 1)
    np.testing.assert_array_equal(look.steps.codes, codes)
    assert Compose(crop)(draw(100)).steps.codes.shape == (100, 0)
