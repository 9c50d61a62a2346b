"""Image sizes: one number or two, and what they look like."""

import numpy as np
import pytest

from trainwell.core.image_size import compact_size, height_and_width, size_text


@pytest.mark.parametrize("size", [64, np.int64(64), (64, 64), [64, 64]])
def test_a_square(size):
    assert height_and_width(size) == (64, 64)
    assert compact_size(size) == 64
    assert size_text(size) == "64"


def test_height_comes_first():
    assert height_and_width((96, 160)) == (96, 160)
    assert compact_size([96, 160]) == (96, 160)
    assert size_text((96, 160)) == "96x160"
