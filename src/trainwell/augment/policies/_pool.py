"""Pool: every operation by name, for policies, policy files and searches.

One row per operation: what is drawn where a policy gives no number, what strengths from
0 to 1 mean where a policy has strengths, and the limits.

Source: Cubuk et al., "AutoAugment", 2019, table 6, for the ends of strengths there;
else the usual ranges that the operations themselves state.
"""

from collections.abc import Mapping

from trainwell.augment import ops
from trainwell.augment.policies import _makers as makers
from trainwell.augment.policies._operation import Operation, Parameter

_SEPIA = (0.393, 0.769, 0.189, 0.0, 0.349, 0.686, 0.168, 0.0, 0.272, 0.534, 0.131, 0.0)
_SHIFT = 150 / 331  # pixels of AutoAugment's images
_FULL, _TURN, _SPAN, _LEVELS = (0.0, 1.0), (-360.0, 360.0), (-1.0, 1.0), (-255.0, 255.0)
_FACTORS, _SIZES = (0.0, 10.0), (0.05, 20.0)


def _amount() -> Parameter:
    return Parameter((1, 1), ends=(1, 1), limits=_FULL)


def _factor(low: float, high: float) -> Parameter:
    return Parameter((low, high), ends=(1, 1.9), signed=True, limits=_FACTORS)


def _about() -> Parameter:
    return Parameter(None, words=("corner", "centre"))


def _place() -> Parameter:
    return Parameter(_FULL, limits=_FULL)


def _axis() -> Parameter:
    return Parameter((0.5, 0.5), ends=(0.5, 0.5), limits=_FULL)


def _color() -> Parameter:
    return Parameter(None, limits=(0, 255))


def _signed(
    usual: float, strongest: float, limits: tuple[float, float] = (-10.0, 10.0)
) -> Parameter:
    return Parameter((-usual, usual), ends=(0, strongest), signed=True, limits=limits)


def _entry(number: int) -> Parameter:
    plain = 1.0 if number in (0, 5, 10) else 0.0
    spread = 0.1 if number % 4 == 3 else 0.2
    return Parameter((plain - spread, plain + spread), ends=(plain, _SEPIA[number]))


POOL: Mapping[str, Operation] = {
    "identity": Operation(makers.identity),
    "shear_x": Operation(ops.shear_x, {"factor": _signed(0.3, 0.3), "about": _about()}),
    "shear_y": Operation(ops.shear_y, {"factor": _signed(0.3, 0.3), "about": _about()}),
    "translate_x": Operation(
        ops.translate_x, {"fraction": _signed(0.2, _SHIFT, _SPAN)}
    ),
    "translate_y": Operation(
        ops.translate_y, {"fraction": _signed(0.2, _SHIFT, _SPAN)}
    ),
    "rotate": Operation(ops.rotate, {"degrees": _signed(30, 30, _TURN)}),
    "brightness": Operation(ops.brightness, {"factor": _factor(0.5, 1.5)}),
    "saturation": Operation(ops.saturation, {"factor": _factor(0.5, 1.5)}),
    "contrast": Operation(ops.contrast, {"factor": _factor(0.5, 1.5)}),
    "sharpness": Operation(ops.sharpness, {"factor": _factor(0.1, 1.9)}),
    "posterize": Operation(
        ops.posterize, {"bits": Parameter((4, 8), (8, 4), step=1, limits=(0, 8))}
    ),
    "solarize": Operation(
        ops.solarize, {"threshold": Parameter((128, 256), (255, 0), limits=(0, 256))}
    ),
    "autocontrast": Operation(ops.autocontrast, {"amount": _amount()}),
    "equalize": Operation(ops.equalize, {"amount": _amount()}),
    "invert": Operation(ops.invert, {"amount": _amount()}),
    "flip": Operation(ops.flip),
    "vertical_flip": Operation(ops.vertical_flip),
    "transpose": Operation(ops.transpose),
    "rotate90": Operation(
        makers.rotate90,
        {"turns": Parameter((0, 3), (0, 2), signed=True, step=1, limits=(-4, 4))},
    ),
    "shift_scale_rotate": Operation(
        ops.shift_scale_rotate,
        {
            "right": _signed(0.0625, 0.0625, _SPAN),
            "down": _signed(0.0625, 0.0625, _SPAN),
            "scale": Parameter((0.9, 1.1), (1, 1.3), signed=True, limits=_SIZES),
            "degrees": _signed(45, 45, _TURN),
        },
    ),
    "stretch": Operation(
        ops.stretch,
        {
            "across": Parameter((0.8, 1.25), (1, 1.5), signed=True, limits=_SIZES),
            "down": Parameter((0.8, 1.25), ends=(1, 1), limits=_SIZES),
        },
    ),
    "rescale": Operation(
        ops.rescale, {"margin": Parameter((0, 0.25), (0, 0.25), limits=(0, 0.49))}
    ),
    "lens_distortion": Operation(
        ops.lens_distortion,
        {
            "k1": _signed(0.3, 0.5),
            "k2": Parameter((0, 0), ends=(0, 0), limits=(-10, 10)),
            "x": _axis(),
            "y": _axis(),
        },
    ),
    "hue": Operation(ops.hue, {"turns": _signed(0.1, 0.2, (-1, 1))}),
    "gamma": Operation(
        ops.gamma,
        {"exponent": Parameter((0.8, 1.25), (1, 1.9), signed=True, limits=_FACTORS)},
    ),
    "solarize_add": Operation(
        ops.solarize_add,
        {
            "summand": Parameter((0, 110), ends=(0, 110), limits=_LEVELS),
            "threshold": Parameter((128, 128), ends=(128, 128), limits=(0, 256)),
        },
    ),
    "scale_and_shift": Operation(
        makers.scale_and_shift,
        {
            "factor": Parameter((0.8, 1.2), ends=(1, 1), limits=_FACTORS),
            "red": _signed(20, 60, _LEVELS),
            "green": _signed(20, 20, _LEVELS),
            "blue": _signed(20, -60, _LEVELS),
        },
    ),
    "pca_color_shift": Operation(
        makers.pca_color_shift,
        {"std": Parameter((0.1, 0.1), ends=(0, 0.5), limits=(0, 10))},
        chances=3,
    ),
    "color_matrix": Operation(
        makers.color_matrix, {name: _entry(i) for i, name in enumerate(makers.ENTRIES)}
    ),
    "smooth": Operation(ops.smooth, {"amount": Parameter(_FULL, _FULL, limits=_FULL)}),
    "blur": Operation(ops.blur, {"amount": Parameter(_FULL, _FULL, limits=_FULL)}),
    "gaussian_blur": Operation(
        makers.gaussian_blur,
        {
            "sigma": Parameter((0.1, 2), ends=(0, 2), limits=(0, 50)),
            "size": Parameter(None, step=2, limits=(1, 301)),
        },
    ),
    "gaussian_noise": Operation(
        makers.gaussian_noise,
        {"std": Parameter((0.01, 0.05), ends=(0, 0.2), limits=(0, 10))},
        chances=1,
    ),
    "iso_noise": Operation(
        makers.iso_noise,
        {
            "brightness": Parameter((0.01, 0.05), ends=(0, 0.1), limits=(0, 10)),
            "color": Parameter((0.01, 0.05), ends=(0, 0.1), limits=(0, 10)),
        },
        chances=1,
    ),
    "cutout": Operation(
        makers.cutout,
        {
            "side": Parameter((0.25, 0.5), ends=(0, 0.2), limits=(0, 2)),
            "x": _place(),
            "y": _place(),
            "color": _color(),
        },
        canvas=True,
    ),
    "erase": Operation(
        makers.erase,
        {
            "area": Parameter((0.02, 0.33), ends=(0, 0.33), limits=_FULL),
            "ratio": Parameter((0.3, 1 / 0.3), limits=(0.01, 100)),
            "x": _place(),
            "y": _place(),
            "color": _color(),
        },
        canvas=True,
    ),
}
"""Every operation of `augment.ops` that acts on one image, and the identity."""

ALIASES = {
    "horizontal_flip": "flip",
    "levels": "scale_and_shift",
    "color": "saturation",
    "noise": "gaussian_noise",
}
"""Other names that people know operations by."""
