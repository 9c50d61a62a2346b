"""Op spec: all that the engines and people need to know about an operation.

The ranges of codes tell the engines when a kernel runs; they are constants, because
compiled kernels keep the values of the constants that they were compiled with.

Source: the engine of trainwell's design.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trainwell.augment.ops._op_sequence import (
    Floats,
    Magnitude,
    OpSequence,
    no_ops,
)
from trainwell.augment.ops._pixel_math import Pixels
from trainwell.core import checks

WARP_CODES = range(1, 2)
"""Affine maps; adjacent ones are multiplied."""
LENS_CODES = range(2, 10)
"""Maps that no matrix can express."""
POINT_TONE_CODES = range(10, 20)
"""A table of 256 entries per channel that depends on the magnitudes alone."""
IMAGE_TONE_CODES = range(20, 30)
"""A table that also depends on the image."""
COLOR_CODES = range(30, 40)
"""Functions of the three channels of a pixel; other images stay unchanged."""
NEIGHBOR_CODES = range(40, 50)
"""Functions of a pixel and its neighbours."""
IN_PLACE_CODES = range(50, 60)
"""What changes pixels where they are: noise, rectangles."""

Describe = Callable[[Floats], str]
Reference = Callable[[Pixels, Floats, Pixels], Pixels]


@dataclass(frozen=True)
class OpSpec:
    """One operation of the engines.

    Attributes:
        name: Name in messages and plans.
        code: Number in `OpSequence.op_codes`, within the range of its kind.
        magnitudes: Names of its magnitudes; a last one with a star may repeat.
        describe: Returns a description for people, given the 12 magnitudes.
        reference: Returns the new pixels, given pixels, (rows, columns, channels), the
            12 magnitudes and the border's color; None for maps, see
            `augment.reference`.
    """

    name: str
    code: int
    magnitudes: tuple[str, ...]
    describe: Describe
    reference: Reference | None = None

    def sequence(self, *magnitudes: Magnitude, count: int = 1) -> OpSequence:
        """Return this operation once per sample.

        Args:
            magnitudes: Arrays of shape (n,), or numbers.
            count: Number of samples where all are numbers.
        """
        count = max((np.size(m) for m in magnitudes if np.ndim(m)), default=count)
        made = no_ops(count, 1)
        made.op_codes[:] = self.code
        for i, magnitude in enumerate(magnitudes):
            made.magnitudes[:, 0, i] = magnitude
        return made


def share(amount: Magnitude) -> Magnitude:
    """Return the amount; raise ValueError if it is not in [0, 1]."""
    checks.between("amount", float(np.min(amount)), 0, 1)
    checks.between("amount", float(np.max(amount)), 0, 1)
    return amount


def describe_first(name: str, form: str = ".2f") -> Describe:
    """Return a description of the name and the first magnitude."""
    return lambda values: f"{name} {format(values[0], form)}"


def describe_amount(name: str) -> Describe:
    """Return a description of the name, and of the first magnitude unless it is 1."""
    return lambda values: name if values[0] == 1 else f"{name} {values[0]:.2f}"


def describe_name(name: str) -> Describe:
    """Return a description of the name alone."""
    return lambda values: name
