"""Pad and crop: shift by a whole number of output pixels, perhaps flip.

Use: on small images, by an eighth of the side: 4 pixels of 32.
Side effects: shows some border, as the mean colour or mirrored.
Source: He et al., "Deep Residual Learning", 2016, section 4.2.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._types import SamplingContext
from trainwell.core.image_size import ImageSize, height_and_width


@dataclass(frozen=True)
class PadCrop:
    """Move the image by up to `pixels` of `size` in each direction.

    Attributes:
        size: Size of the output in pixels: a square's side, or (height, width).
        pixels: The largest move.
        fit: Mode by which an image gets the output's proportions: pad, stretch or crop.
        flip: Mirror every image on every other pass.

    Example:
        >>> from trainwell.augment.policies import PadCrop, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> PadCrop(32, 4, flip=True)(context).crop_boxes[0].round(3).tolist()
        [-0.094, 0.031, 0.906, 1.031]
    """

    size: ImageSize
    pixels: int
    fit: str = "pad"
    flip: bool = False

    def __call__(self, context: SamplingContext) -> ops.TransformParams:
        """Return the crop boxes, without operations."""
        height, width = height_and_width(self.size)
        crop_boxes = ops.fit(
            context.heights, context.widths, mode=self.fit, size=self.size
        )
        operations = np.floor(context.uniform("pad_crop", 2) * (2 * self.pixels + 1))
        crop_boxes = ops.shift(crop_boxes, (operations - self.pixels) / [width, height])
        if self.flip:
            crop_boxes = ops.horizontal_flip(crop_boxes, context.mirrored())
        return ops.crop_only(crop_boxes)
