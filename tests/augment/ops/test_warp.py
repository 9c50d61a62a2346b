"""Warps are described by their matrices, however they were made."""

import numpy as np
import pytest

from trainwell.augment import ops
from trainwell.augment.ops._warp import WARP


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (ops.flip(), "flip"),
        (ops.rotate(30.0), "rotate 30°"),
        (ops.shear_x(0.3), "shear x"),
        (ops.stretch(2.0, 0.5), "stretch 2.00 × 0.50"),
        (WARP.sequence(1.0, 0.5, 0.0, 0.2, 2.0, 0.0), "warp"),
    ],
)
def test_its_description(made, text):
    assert made.op_codes.tolist() == [[WARP.code]]
    assert WARP.describe(made.magnitudes[0, 0]).startswith(text)


def test_the_identity_has_a_name():
    assert WARP.describe(np.array([1.0, 0, 0, 0, 1, 0])) == "identity"
