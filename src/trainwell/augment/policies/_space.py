"""Spaces: operations by name, each with what its strength, from 0 to 1, means.

Source: the search space of Cubuk et al., "AutoAugment", 2019, table 6; the ranges of
later policies are those of their papers and published code.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import OpSequence
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.augment.policies._operation import Floats, Operation
from trainwell.augment.policies._pool import POOL
from trainwell.augment.policies._types import SamplingContext

Space = Mapping[str, Operation]


def take(
    space: Space,
    choice: npt.NDArray[np.int64],
    strength: Floats,
    negative: npt.NDArray[np.bool_],
    context: SamplingContext,
    stream: str,
) -> OpSequence:
    """Return one step per sample: operation `choice[i]` of the space.

    Args:
        space: Operations; `choice` counts them in order, -1 is none.
        choice: Shape (n,).
        strength: From 0 to 1, shape (n,).
        negative: Where a signed operation goes the other way, shape (n,).
        context: The n samples.
        stream: Name of the random numbers that operations need beside, such as the
            place of a cutout.
    """
    made = no_ops(len(choice), 1)
    names = list(space)
    for number in np.unique(choice[choice >= 0]).tolist():
        rows = np.flatnonzero(choice == number)
        sampled = space[names[number]].at(
            strength[rows],
            negative[rows],
            context.of(rows),
            f"{stream} {names[number]}",
        )
        made.op_codes[rows] = sampled.op_codes
        made.magnitudes[rows] = sampled.magnitudes
    return made


_SHAPES = ("shear_x", "shear_y", "translate_x", "translate_y", "rotate")
_FACTORS = ("brightness", "saturation", "contrast", "sharpness")
_TONES = ("posterize", "solarize", "autocontrast", "equalize", "invert")

AUTOAUGMENT: Space = {
    name: POOL[name] for name in ("identity", *_SHAPES, *_FACTORS, *_TONES)
}
"""15 operations in AutoAugment's ranges."""

SEARCHED = (*_SHAPES, *_FACTORS, *_TONES, "cutout")
"""What the searches of PBA and Fast AutoAugment choose from by default."""

RANDAUGMENT: Space = {n: o for n, o in AUTOAUGMENT.items() if n != "invert"}
"""RandAugment's 14 operations."""

POPULATION: Space = {**POOL, "cutout": POOL["cutout"].between(0, 20 / 32)}
"""The pool, with squares of up to 20 of 32 pixels, as published for PBA."""

WIDE: Space = {
    **RANDAUGMENT,
    **{n: POOL[n].between(0, 0.99) for n in ("shear_x", "shear_y")},
    **{n: POOL[n].between(0, 32 / 224) for n in ("translate_x", "translate_y")},
    "rotate": POOL["rotate"].between(0, 135),
    **{name: POOL[name].between(1, 1 + 0.99) for name in _FACTORS},
    "posterize": POOL["posterize"].between(8, 2),
}
"""TrivialAugment's wide ranges; 32 pixels of 224 are one part in seven."""

_CTAUGMENT = {
    "autocontrast": (0, 1),
    "blur": (0, 1),
    "brightness": (0.1, 2),
    "saturation": (0.1, 2),
    "contrast": (0.1, 2),
    "cutout": (0, 0.499),
    "equalize": (0, 1),
    "invert": (0, 1),
    "posterize": (0.501, 8.499),  # 1 to 8 bits, equally many levels each
    "rescale": (0, 0.25),
    "rotate": (-45, 45),
    "sharpness": (0.1, 2),
    "shear_x": (-0.3, 0.3),
    "shear_y": (-0.3, 0.3),
    "smooth": (0, 1),
    "solarize": (0, 255),
    "translate_x": (-0.3, 0.3),
    "translate_y": (-0.3, 0.3),
}
CTAUGMENT: Space = {
    "identity": POOL["identity"],
    **{name: POOL[name].one_sided(*ends) for name, ends in _CTAUGMENT.items()},
}
"""CTAugment's 18 operations and the identity; a level says the direction, too."""
