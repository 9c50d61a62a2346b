"""Op sequence: which operations change each of n samples, in order.

Source: the engine of trainwell's design.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NO_OP = 0
"""Code of an operation that changes nothing."""

MAX_MAGNITUDES = 12
"""Magnitudes that are kept per operation."""

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]
Magnitude = Floats | float
"""One number per sample, shape (n,), or the number of a single sample."""


@dataclass(frozen=True)
class OpSequence:
    """Up to k operations per sample.

    Attributes:
        op_codes: Codes of the operations, shape (n, k); 0 is none.
        magnitudes: Their magnitudes, shape (n, k, 12).

    Example:
        >>> from trainwell.augment import ops
        >>> both = ops.concat(ops.rotate(30.0), ops.invert())
        >>> both.op_codes.shape
        (1, 2)
        >>> both
        OpSequence(samples=1, first=['rotate 30°', 'invert'])
    """

    op_codes: npt.NDArray[np.int32]
    magnitudes: Floats

    def __len__(self) -> int:
        return len(self.op_codes)

    def __getitem__(self, rows: slice | npt.NDArray[np.int64]) -> "OpSequence":
        return OpSequence(self.op_codes[rows], self.magnitudes[rows])

    def __repr__(self) -> str:
        from trainwell.augment.ops._specs import SPECS  # which imports this module

        if not len(self):
            return "OpSequence(samples=0)"
        first = zip(self.op_codes[0].tolist(), self.magnitudes[0], strict=True)
        names = [SPECS[code].describe(m) for code, m in first if code != NO_OP]
        return f"OpSequence(samples={len(self)}, first={names})"


def no_ops(count: int, length: int = 0) -> OpSequence:
    """Return sequences of `length` empty operations for `count` samples."""
    shape = (count, length)
    magnitudes = np.zeros((*shape, MAX_MAGNITUDES))
    return OpSequence(np.zeros(shape, np.int32), magnitudes)


def low_bits(keys: Keys) -> Floats:
    """Return the low 53 bits of each key, which a float64 keeps exactly."""
    return (np.atleast_1d(keys) & np.uint64(2**53 - 1)).astype(np.float64)


def concat(*sequences: OpSequence) -> OpSequence:
    """Return the operations of all sequences, one sequence after the other.

    Example:
        >>> from trainwell.augment.ops import concat, posterize, rotate
        >>> concat(rotate(30.0), posterize(4))
        OpSequence(samples=1, first=['rotate 30°', 'posterize 4 bits'])
    """
    op_codes = np.concatenate([s.op_codes for s in sequences], axis=1)
    return OpSequence(
        op_codes, np.concatenate([s.magnitudes for s in sequences], axis=1)
    )


def where(chosen: npt.NDArray[np.bool_], operations: OpSequence) -> OpSequence:
    """Return the operations of the chosen samples, and none for the others."""
    op_codes = np.where(chosen[:, None], operations.op_codes, NO_OP)
    return OpSequence(op_codes, operations.magnitudes)


def select(choice: npt.NDArray[np.int64], options: Sequence[OpSequence]) -> OpSequence:
    """Return for sample i its operations in `options[choice[i]]`."""
    made = no_ops(len(choice), max(o.op_codes.shape[1] for o in options))
    for number, option in enumerate(options):
        rows, length = np.nonzero(choice == number)[0], option.op_codes.shape[1]
        made.op_codes[rows, :length] = option.op_codes[rows]
        made.magnitudes[rows, :length] = option.magnitudes[rows]
    return made
