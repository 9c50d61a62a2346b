import numpy as np
import pytest

from trainwell.augment.ops._specs import OP_CODES
from trainwell.augment.policies import Cutout


def test_squares_lie_anywhere_and_may_hang_over(context):
    operations = Cutout(side=0.5)(context(8000))
    assert (operations.op_codes == OP_CODES["erase"]).all()
    box = operations.magnitudes[:, 0, :4]
    np.testing.assert_allclose(box[:, 2:] - box[:, :2], 0.5)
    centres = (box[:, :2] + box[:, 2:]) / 2
    assert centres.min() < 0.01
    assert centres.max() > 0.99
    assert np.abs(centres.mean(0) - 0.5).max() < 5 * np.sqrt(1 / 12 / 8000)
    assert abs(np.corrcoef(centres.T)[0, 1]) < 0.06


@pytest.mark.parametrize("output", [(96, 160), (160, 96)])
def test_they_are_squares_in_the_pixels_of_the_output(context, output):
    box = Cutout(side=0.5)(context(output=output)).magnitudes[:, 0, :4]
    pixels = (box[:, 2:] - box[:, :2]) * output[::-1]
    np.testing.assert_allclose(pixels, 48)


def test_a_share_of_the_images(context):
    codes = Cutout(p=0.25)(context(8000)).op_codes
    assert abs((codes == OP_CODES["erase"]).mean() - 0.25) < 5 * 0.5 / np.sqrt(8000)


def test_messages():
    with pytest.raises(ValueError, match="`p` must be in"):
        Cutout(p=1.5)
