import numpy as np

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import TrivialAugment


def test_one_operation_at_each_of_31_strengths(context, even):
    operations = TrivialAugment()(context(60_000))
    assert operations.op_codes.shape == (60_000, 1)
    factors = operations.magnitudes[operations.op_codes == OP_CODES["contrast"]][:, 0]
    strengths = np.rint(np.abs(factors - 1) / 0.99 * 30)
    np.testing.assert_allclose(np.abs(factors - 1), strengths * 0.99 / 30, atol=1e-12)
    counts = np.bincount(strengths.astype(int), minlength=31)
    assert even(counts, len(factors) / 31)


def test_ranges_of_the_paper(context):
    wide = TrivialAugment()(context(60_000))
    bits = wide.magnitudes[wide.op_codes == OP_CODES["posterize"]][:, 0]
    assert (bits.min(), bits.max()) == (2, 8)
    warps = wide.magnitudes[(wide.op_codes == OP_CODES["warp"])[..., None][..., 0]][
        :, :6
    ]
    assert np.abs(warps[:, 1]).max() <= 1
    turned = warps[(warps[:, 0] != 1)]
    angles = np.degrees(np.arctan2(turned[:, 1], turned[:, 0]))
    assert np.abs(angles).max() <= 135 + 1e-6
    assert np.abs(angles).max() > 125
    narrow = TrivialAugment(wide=False)(context(60_000))
    assert narrow.magnitudes[narrow.op_codes == OP_CODES["posterize"]][:, 0].min() == 4


def test_as_torchvision_has_them(torchvision_autoaugment):
    policy = torchvision_autoaugment.TrivialAugmentWide()
    space = policy._augmentation_space(31)
    for name, most in (("ShearX", 0.99), ("Rotate", 135), ("TranslateY", 32)):
        assert abs(space[name][0][30].item() - most) < 1e-5
    ours = [8 - round(6 * i / 30) for i in range(31)]
    assert space["Posterize"][0].tolist() == ours
