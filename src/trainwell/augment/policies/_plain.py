"""Plain: the fitted image, flipped or not; what evaluation sees, at flip=False.

Source: definition.
"""

from dataclasses import dataclass

from trainwell.augment import ops
from trainwell.augment.policies._types import Draw


@dataclass(frozen=True)
class Plain:
    """Show the whole image as `fit` says, perhaps mirrored."""

    fit: str = "pad"
    flip: bool = False

    def __call__(self, draw: Draw) -> ops.Look:
        """Return the windows, without steps."""
        windows = ops.fit(draw.heights, draw.widths, how=self.fit)
        if self.flip:
            windows = ops.horizontal_flip(windows, draw.mirrored())
        return ops.shown(windows)
