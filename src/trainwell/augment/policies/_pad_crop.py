"""Pad and crop: shift by a whole number of output pixels, perhaps flip.

Use: on small images, by an eighth of the side: 4 pixels of 32.
Side effects: shows some border, as the mean colour or mirrored.
Source: He et al., "Deep Residual Learning", 2016, section 4.2.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._types import Draw


@dataclass(frozen=True)
class PadCrop:
    """Move the image by up to `pixels` of `size` in each direction.

    Attributes:
        size: Height and width of the output in pixels.
        pixels: The largest move.
        fit: How a whole image becomes a square: pad, stretch or crop.
        flip: Mirror every image on every other pass.
    """

    size: int
    pixels: int
    fit: str = "pad"
    flip: bool = False

    def __call__(self, draw: Draw) -> ops.Look:
        """Return the windows, without steps."""
        windows = ops.fit(draw.heights, draw.widths, how=self.fit)
        steps = np.floor(draw.uniform("pad_crop", 2) * (2 * self.pixels + 1))
        windows = ops.shift(windows, (steps - self.pixels) / self.size)
        if self.flip:
            windows = ops.horizontal_flip(windows, draw.mirrored())
        return ops.shown(windows)
