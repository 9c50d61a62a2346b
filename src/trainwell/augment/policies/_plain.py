"""Plain: the fitted image, flipped or not; what evaluation sees, at flip=False.

Source: definition.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.augment import ops
from trainwell.augment.policies._types import Draw


@dataclass(frozen=True)
class Plain:
    """Show the whole image as `fit` says, perhaps mirrored."""

    fit: str = "pad"
    flip: bool = False

    def __call__(self, draw: Draw) -> npt.NDArray[np.float64]:
        """Return the windows, shape (n, 4)."""
        windows = ops.fit(draw.heights, draw.widths, how=self.fit)
        return ops.horizontal_flip(windows, draw.mirrored()) if self.flip else windows
