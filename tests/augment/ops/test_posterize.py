"""Posterize: Pillow's for 1 to 8 bits, black for 0."""

import numpy as np
import pytest
from PIL import ImageOps

from trainwell.augment.ops import posterize


@pytest.mark.parametrize("bits", range(1, 9))
def test_equals_pillow(difference, torchvision, of_tensors, bits):
    ours = posterize(bits)
    assert difference(ours, lambda p: ImageOps.posterize(p, bits)).max() == 0
    theirs = of_tensors(lambda x: torchvision.posterize(x, bits))
    assert difference(ours, theirs).max() == 0


def test_no_bits_are_black(photos, seen):
    assert (seen(photos[0], posterize(0)) == 0).all()


@pytest.mark.parametrize("bits", [-1, 9])
def test_out_of_range(bits):
    with pytest.raises(ValueError, match=r"`bits` must be in \[0, 8\]"):
        posterize(np.array([4.0, bits]))
