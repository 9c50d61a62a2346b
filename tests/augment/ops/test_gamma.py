"""Gamma: the formula rounded, and torchvision's, which cuts off."""

import numpy as np
import pytest

from trainwell.augment.ops import gamma


@pytest.mark.parametrize("exponent", [0.0, 0.5, 0.8, 1.0, 1.25, 3.0])
def test_is_the_formula(images, seen, exponent):
    for image in images:
        expected = np.floor(255 * (image / 255) ** exponent + 0.5)
        np.testing.assert_array_equal(seen(image, gamma(exponent)), expected)


@pytest.mark.parametrize("exponent", [0.3, 0.8, 2.0])
def test_near_torchvision(difference, torchvision, of_tensors, exponent):
    theirs = of_tensors(lambda x: torchvision.adjust_gamma(x, exponent))
    assert difference(gamma(exponent), theirs).max() <= 1


def test_negative():
    with pytest.raises(ValueError, match="`exponent` must be in"):
        gamma(-0.1)
