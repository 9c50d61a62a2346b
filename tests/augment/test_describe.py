"""Looks in words: what an operation was given comes back."""

import numpy as np
import pytest

from trainwell.augment import describe, ops
from trainwell.augment.ops import OpSequence, TransformParams
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.augment.ops._specs import SPECS

WHOLE = np.array([[0.0, 0.0, 1.0, 1.0]])
KEY = np.array([5], np.uint64)

OPS = {
    "flip": ops.flip(),
    "flip vertically": ops.vertical_flip(),
    "transpose": ops.transpose(),
    "rotate 12°": ops.rotate(12.0),
    "rotate -30°": ops.rotate(-30.0),
    "rotate 90°": ops.rotate90(1),
    "shear x 0.2": ops.shear_x(0.2),
    "shear x -0.3": ops.shear_x(-0.3, about="centre"),
    "shear y 0.2": ops.shear_y(0.2),
    "translate x 0.15": ops.translate_x(0.15),
    "translate y -0.2": ops.translate_y(-0.2),
    "stretch 1.20 × 0.80": ops.stretch(1.2, 0.8),
    "scale 1.10, rotate 20°": ops.shift_scale_rotate(0.1, 0.0, 1.1, 20.0),
    "lens 0.2": ops.lens_distortion(0.2),
    "brightness 1.30": ops.brightness(1.3),
    "contrast 0.70": ops.contrast(0.7),
    "saturation 1.10": ops.saturation(1.1),
    "hue -0.10": ops.hue(-0.1),
    "sharpness 1.90": ops.sharpness(1.9),
    "autocontrast": ops.autocontrast(),
    "equalize": ops.equalize(),
    "invert": ops.invert(),
    "posterize 4 bits": ops.posterize(4.0),
    "solarize 128": ops.solarize(128.0),
    "solarize-add 60": ops.solarize_add(60.0),
    "gamma 0.80": ops.gamma(0.8),
    "levels × 1.00 +3 -2 +5": ops.scale_and_shift(1.0, np.array([3.0, -2.0, 5.0])),
    "colour matrix": ops.color_matrix(np.eye(3, 4)),
    "autocontrast 0.50": ops.autocontrast(amount=0.5),
    "smooth": ops.smooth(),
    "blur 0.30": ops.blur(0.3),
    "blur 1.50": ops.gaussian_blur(1.5),
    "noise 0.05": ops.gaussian_noise(0.05, KEY),
    "ISO noise 0.02, 0.03": ops.iso_noise(0.02, 0.03, KEY),
    "cutout 0.5": ops.cutout(0.1, 0.9, 0.5),
    "erase 0.2 × 0.4": ops.erase(0.1, 0.1, 0.3, 0.5),
}


@pytest.mark.parametrize("words", OPS)
def test_a_step_in_words(words):
    assert describe(TransformParams(WHOLE, OPS[words]), 0) == (words,)


def test_every_operation_has_a_name():
    codes = {int(operations.op_codes[0, 0]) for operations in OPS.values()}
    assert codes == set(SPECS)


@pytest.mark.parametrize(
    ("crop_box", "words"),
    [
        ((0, 0, 1, 1), ()),
        ((1, 0, 0, 1), ("flip",)),
        ((0, 1, 1, 0), ("flip vertically",)),
        ((-0.1, 0.05, 0.9, 1.05), ("shift +10% -5%",)),
        ((0.9, 0.3, 0.1, 0.8), ("crop 80% × 50%", "flip")),
    ],
)
def test_a_window_in_words(crop_box, words):
    params = ops.crop_only(np.array([crop_box], float))
    assert describe(params, 0) == words
    padded = np.array([-0.5, 0.0, 1.5, 1.0])  # of an image twice as high as wide
    inner = np.array([padded[[0, 1, 0, 1]] + np.array(crop_box) * [2, 1, 2, 1]])
    assert describe(ops.crop_only(inner), 0, whole=padded) == words


def test_steps_come_in_order_and_empty_ones_are_left_out():
    operations = ops.concat(ops.invert(), no_ops(1, 2), ops.brightness(1.5))
    params = TransformParams(
        np.tile([1.0, 0, 0, 1], (2, 1)), OpSequence(*_twice(operations))
    )
    params.ops.op_codes[1, 0] = 0
    assert describe(params, 0) == ("flip", "invert", "brightness 1.50")
    assert describe(params, 1) == ("flip", "brightness 1.50")


def _twice(operations):
    return np.repeat(operations.op_codes, 2, 0), np.repeat(operations.magnitudes, 2, 0)
