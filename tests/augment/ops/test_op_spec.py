"""A spec makes sequences: one operation per sample."""

import numpy as np

from trainwell.augment.ops._op_spec import OpSpec, describe_first, describe_name

SPEC = OpSpec("toy", 19, ("factor", "offset"), describe_first("toy", ".1f"))


def test_numbers_and_arrays_are_broadcast():
    made = SPEC.sequence(np.array([1.0, 2, 3]), 0.5)
    assert made.op_codes.tolist() == [[19]] * 3
    assert made.magnitudes[:, 0, :2].tolist() == [[1, 0.5], [2, 0.5], [3, 0.5]]
    assert (made.magnitudes[:, 0, 2:] == 0).all()


def test_numbers_alone_are_counted():
    assert len(SPEC.sequence(1.0, 2.0)) == 1
    assert len(SPEC.sequence(1.0, 2.0, count=4)) == 4


def test_descriptions():
    assert SPEC.describe(np.array([1.25, 0])) == "toy 1.2"
    assert describe_name("invert")(np.zeros(12)) == "invert"
