"""Steps: which operations change each of n samples, in order.

Source: the engine of trainwell's design.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import _codes

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]
Magnitude = Floats | float
"""One number per sample, shape (n,), or the number of a single sample."""


@dataclass(frozen=True)
class Steps:
    """Up to k operations per sample.

    Attributes:
        codes: What each step is, shape (n, k); see `ops._codes`.
        values: Its magnitudes, shape (n, k, 12).
    """

    codes: npt.NDArray[np.int32]
    values: Floats

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: slice | npt.NDArray[np.int64]) -> "Steps":
        return Steps(self.codes[rows], self.values[rows])


def nothing(count: int, width: int = 0) -> Steps:
    """Return `width` empty steps for `count` samples."""
    shape = (count, width)
    return Steps(np.zeros(shape, np.int32), np.zeros((*shape, _codes.NUM_VALUES)))


def step(code: int, *values: Magnitude, count: int = 1) -> Steps:
    """Return one step per sample; values are arrays of shape (n,) or numbers.

    Where all are numbers, it is the step of `count` samples.
    """
    count = max((np.size(v) for v in values if np.ndim(v)), default=count)
    made = nothing(count, 1)
    made.codes[:] = code
    for i, value in enumerate(values):
        made.values[:, 0, i] = value
    return made


def low_bits(keys: Keys) -> Floats:
    """Return the low 53 bits of each key, which a float64 keeps exactly."""
    return (np.atleast_1d(keys) & np.uint64(2**53 - 1)).astype(np.float64)


def then(*parts: Steps) -> Steps:
    """Return the steps of all parts, one part after the other."""
    codes = np.concatenate([p.codes for p in parts], axis=1)
    return Steps(codes, np.concatenate([p.values for p in parts], axis=1))


def where(chosen: npt.NDArray[np.bool_], steps: Steps) -> Steps:
    """Return the steps of the samples chosen, and nothing for the others."""
    return Steps(np.where(chosen[:, None], steps.codes, _codes.NOTHING), steps.values)


def select(choice: npt.NDArray[np.int64], options: Sequence[Steps]) -> Steps:
    """Return for sample i its steps in `options[choice[i]]`, all equally wide."""
    made = nothing(len(choice), max(o.codes.shape[1] for o in options))
    for number, option in enumerate(options):
        rows, width = np.nonzero(choice == number)[0], option.codes.shape[1]
        made.codes[rows, :width] = option.codes[rows]
        made.values[rows, :width] = option.values[rows]
    return made
