"""Spaces: operations by name, each with what its strength, from 0 to 1, means.

Source: the search space of Cubuk et al., "AutoAugment", 2019, table 6; the ranges of
later policies are those of their papers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.augment import ops
from trainwell.augment.ops import OpSequence
from trainwell.augment.ops._op_sequence import no_ops

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scaled:
    """An operation whose magnitude follows from a strength.

    Attributes:
        make: The operation.
        weakest: Its magnitude at strength 0.
        strongest: At strength 1.
        signed: The strength may be negative: the magnitude is then mirrored at
            `weakest`.
        whole: Magnitudes are rounded to whole numbers.
    """

    make: Callable[..., OpSequence]
    weakest: float = 0.0
    strongest: float = 0.0
    signed: bool = False
    whole: bool = False

    def __call__(self, strength: Floats) -> OpSequence:
        """Return one step per sample, for strengths from -1 to 1."""
        if self.weakest == self.strongest:
            return _repeated(self.make(), len(strength))
        magnitude = self.weakest + strength * (self.strongest - self.weakest)
        return self.make(np.rint(magnitude) if self.whole else magnitude)


Space = Mapping[str, Scaled]


def _repeated(operations: OpSequence, count: int) -> OpSequence:
    return OpSequence(
        np.repeat(operations.op_codes, count, axis=0),
        np.repeat(operations.magnitudes, count, axis=0),
    )


def take(
    space: Space,
    choice: npt.NDArray[np.int64],
    strength: Floats,
    negative: npt.NDArray[np.bool_],
) -> OpSequence:
    """Return one step per sample: operation `choice[i]` of the space.

    Args:
        space: Operations; `choice` counts them in order, -1 is none.
        choice: Shape (n,).
        strength: From 0 to 1, shape (n,).
        negative: Where a signed operation goes the other way, shape (n,).
    """
    made = no_ops(len(choice), 1)
    for number, operation in enumerate(space.values()):
        rows = np.flatnonzero(choice == number)
        if len(rows):
            signs = np.where(negative[rows], -1.0, 1.0) if operation.signed else 1.0
            operations = operation(strength[rows] * signs)
            made.op_codes[rows], made.magnitudes[rows] = (
                operations.op_codes,
                operations.magnitudes,
            )
    return made


def _identity() -> OpSequence:
    return no_ops(1, 1)


def _space(**limits: Any) -> Space:  # noqa: ANN401
    """Return the operations of AutoAugment's family with these strongest values."""
    shift, factor = limits["translate"], limits["factor"]
    weakest_bits = limits.get("weakest_bits", 8)
    everything = {
        "identity": Scaled(_identity),
        "shear_x": Scaled(ops.shear_x, 0, limits["shear"], signed=True),
        "shear_y": Scaled(ops.shear_y, 0, limits["shear"], signed=True),
        "translate_x": Scaled(ops.translate_x, 0, shift, signed=True),
        "translate_y": Scaled(ops.translate_y, 0, shift, signed=True),
        "rotate": Scaled(ops.rotate, 0, limits["rotate"], signed=True),
        "brightness": Scaled(ops.brightness, 1, 1 + factor, signed=True),
        "saturation": Scaled(ops.saturation, 1, 1 + factor, signed=True),
        "contrast": Scaled(ops.contrast, 1, 1 + factor, signed=True),
        "sharpness": Scaled(ops.sharpness, 1, 1 + factor, signed=True),
        "posterize": Scaled(ops.posterize, weakest_bits, limits["bits"], whole=True),
        "solarize": Scaled(ops.solarize, 255, 0),
        "autocontrast": Scaled(ops.autocontrast),
        "equalize": Scaled(ops.equalize),
        "invert": Scaled(ops.invert),
    }
    left_out = limits.get("without", ())
    return {n: o for n, o in everything.items() if n not in left_out}


AUTOAUGMENT = _space(shear=0.3, translate=150 / 331, rotate=30, factor=0.9, bits=4)
"""15 operations in AutoAugment's ranges."""

RANDAUGMENT = _space(
    shear=0.3, translate=150 / 331, rotate=30, factor=0.9, bits=4, without=("invert",)
)
"""RandAugment's 14 operations."""

WIDE = _space(
    shear=0.99, translate=32 / 224, rotate=135, factor=0.99, bits=2, without=("invert",)
)
"""TrivialAugment's wide ranges; 32 pixels of 224 are one part in seven."""
