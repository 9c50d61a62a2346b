import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import RandAugment

SHEAR_X = [1, 0.3 * 9 / 30, 0, 0, 1, 0]


def test_each_operation_comes_as_often_as_any_other(context, even):
    operations = RandAugment(num_ops=1)(context(14_000))
    codes, counts = np.unique(operations.op_codes, return_counts=True)
    by_code = dict(zip(codes.tolist(), counts.tolist(), strict=True))
    assert by_code.pop(OP_CODES["warp"]) == pytest.approx(5000, abs=300)
    assert even(np.array(list(by_code.values())), 1000)
    assert len(by_code) == 9


def test_magnitudes_by_hand(context):
    """Magnitude 9 of 30 in the ranges of the paper's table, both signs."""
    operations = RandAugment(num_ops=2, magnitude=9)(context())
    values = operations.magnitudes[operations.op_codes == OP_CODES["brightness"]][:, 0]
    assert np.unique(values).round(9).tolist() == [0.73, 1.27]
    assert (
        operations.magnitudes[operations.op_codes == OP_CODES["posterize"]][:, 0] == 7
    ).all()
    thresholds = operations.magnitudes[operations.op_codes == OP_CODES["solarize"]][
        :, 0
    ]
    np.testing.assert_allclose(thresholds, 178.5)
    warps = operations.magnitudes[operations.op_codes == OP_CODES["warp"]][:, :6]
    assert np.isclose(np.abs(warps), np.abs(SHEAR_X)).all(1).mean() > 0.15


def test_as_torchvision_has_them(torchvision_autoaugment):
    space = torchvision_autoaugment.RandAugment()._augmentation_space(31, (331, 331))
    for name, ours in (("ShearX", 0.3), ("Rotate", 30.0), ("Brightness", 0.9)):
        assert space[name][0][30].item() == pytest.approx(ours)
    assert space["Posterize"][0][9].item() == 7
    assert space["Solarize"][0][9].item() == pytest.approx(178.5)
    assert space["TranslateX"][0][30].item() == pytest.approx(150)


def test_half_of_the_signs_are_negative(context):
    operations = RandAugment(num_ops=1)(context(20_000))
    factors = operations.magnitudes[operations.op_codes == OP_CODES["contrast"]][:, 0]
    assert abs((factors < 1).mean() - 0.5) < 5 * 0.5 / np.sqrt(len(factors))


def test_a_look_depends_on_seed_epoch_and_sample_alone(context):
    policy = RandAugment()
    whole, part = policy(context(100)), policy(context(30, first=50))
    np.testing.assert_array_equal(whole.op_codes[50:80], part.op_codes)
    np.testing.assert_array_equal(whole.magnitudes[50:80], part.magnitudes)
    assert (policy(context(100, epoch=1)).op_codes != whole.op_codes).any()
    assert (policy(context(100, seed=1)).op_codes != whole.op_codes).any()


def test_messages():
    with pytest.raises(ValueError, match="`magnitude` must be in"):
        RandAugment(magnitude=31)
    with pytest.raises(ValueError, match="`num_ops` must be in"):
        RandAugment(num_ops=0)
