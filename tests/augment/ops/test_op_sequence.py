"""Steps: joined, chosen and picked, sample by sample."""

import numpy as np

from trainwell.augment.ops import brightness, concat, invert, posterize, rotate
from trainwell.augment.ops._op_sequence import no_ops, select, where
from trainwell.augment.ops._specs import OP_CODES


def test_numbers_serve_all_samples():
    made = rotate(np.array([0.0, 90, 180]))
    assert len(made) == 3
    assert brightness(0.5).magnitudes[0, 0, 0] == 0.5
    assert invert(4).op_codes.tolist() == [[OP_CODES["invert"]]] * 4


def test_then_keeps_the_order():
    made = concat(invert(2), brightness(np.array([0.5, 2.0])), no_ops(2, 1))
    assert (
        made.op_codes.tolist() == [[OP_CODES["invert"], OP_CODES["brightness"], 0]] * 2
    )
    assert made.magnitudes[:, 1, 0].tolist() == [0.5, 2.0]
    assert made[1:].magnitudes[0, 1, 0] == 2.0


def test_where_leaves_the_others_out():
    made = where(np.array([True, False]), invert(2))
    assert made.op_codes.tolist() == [[OP_CODES["invert"]], [0]]


def test_select_takes_each_samples_own():
    options = [
        concat(posterize(np.array([1.0, 2, 3])), invert(3)),
        brightness(np.ones(3)),
    ]
    made = select(np.array([1, 0, 1]), options)
    assert made.op_codes.tolist() == [
        [OP_CODES["brightness"], 0],
        [OP_CODES["posterize"], OP_CODES["invert"]],
        [OP_CODES["brightness"], 0],
    ]
    assert made.magnitudes[1, 0, 0] == 2
