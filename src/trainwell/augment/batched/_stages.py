"""Stages: what the device computes, in order, and for which rows of the batch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RenderOptions:
    """Options that all samples of a batch have in common.

    Attributes:
        canvas: Rows and columns of the output.
        fill: Level of what lies outside, per channel, uint8.
        reflect: Whether crop boxes mirror what lies outside instead.
        nearest: Whether warps take the nearest pixel.
    """

    canvas: tuple[int, int]
    fill: npt.NDArray[np.uint8]
    reflect: bool
    nearest: bool

    @property
    def channels(self) -> int:
        """Channels of every image."""
        return len(self.fill)


@dataclass(frozen=True)
class Stage:
    """One batched operation.

    Attributes:
        kind: Its name; `_execute` knows what runs.
        rows: Samples it concerns.
        arrays: Numbers per sample, in the order in which the operation takes them.
        extents: Whole numbers that shapes on the device depend on.
    """

    kind: str
    rows: Rows
    arrays: tuple[Array, ...] = ()
    extents: tuple[int, ...] = ()
