import numpy as np

from trainwell.augment.policies import Compose, Cutout, PadCrop, RandAugment


def test_the_crop_first_then_each_change(context):
    crop, change, last = PadCrop(size=32, pixels=4), RandAugment(), Cutout()
    params = Compose(crop, (change, last))(context(100))
    np.testing.assert_array_equal(params.crop_boxes, crop(context(100)).crop_boxes)
    parts = [change(context(100)), last(context(100))]
    codes = np.concatenate([p.op_codes for p in parts], 1)
    np.testing.assert_array_equal(params.ops.op_codes, codes)
    assert Compose(crop)(context(100)).ops.op_codes.shape == (100, 0)
