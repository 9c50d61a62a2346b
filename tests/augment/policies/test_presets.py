import numpy as np

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import Operations, albumentations_example, alexnet
from trainwell.augment.policies._makers import (
    IMAGENET_EIGENVALUES,
    IMAGENET_EIGENVECTORS,
)


def test_alexnet_shifts_every_image_along_the_colours_of_the_data(context):
    operations = alexnet()(context(20_000))
    assert (operations.op_codes == OP_CODES["scale_and_shift"]).all()
    shifts = operations.magnitudes[:, 0, 1:4] / 255
    along = (shifts @ IMAGENET_EIGENVECTORS).std(0)
    np.testing.assert_allclose(along, 0.1 * IMAGENET_EIGENVALUES, rtol=0.03)


def test_the_example_has_the_probabilities_of_its_groups(context):
    operations = albumentations_example()(context(20_000))

    def share(*names):
        codes = [OP_CODES[name] for name in names]
        return np.isin(operations.op_codes, codes).any(1).mean()

    assert abs(share("noise") - 0.2) < 0.02
    assert abs(share("blur") - 0.2) < 0.02
    assert abs(share("lens") - 0.2) < 0.02
    assert abs(share("hue") - 0.3) < 0.02
    assert abs(share("sharpness") - 0.1) < 0.02
    assert abs(share("warp") - (1 - 0.5**3 * 0.8)) < 0.02


def test_a_preset_may_be_copied_and_changed():
    listed = albumentations_example().operations
    assert Operations(listed) == albumentations_example()
    assert len(Operations(listed[3:]).operations) == len(listed) - 3
