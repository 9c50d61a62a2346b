"""Short side: scale the shorter side at random, then cut a crop of fixed size.

    S uniform in [low, high], short side = S, crop 1 x 1 at a random place

in units of the output's side, so [256, 480] then 224 is [256 / 224, 480 / 224]. Where
the output is no square, the side is the one that first cuts the image.

Use: on photographs, as in the ResNet and VGG papers; milder than `resized_crop`, since
proportions stay.
Side effects: cuts off the ends of long images; objects appear at up to twice the scale.
Source: He et al., "Deep Residual Learning", 2016, section 3.4; Simonyan & Zisserman,
"Very Deep Convolutional Networks", 2015, section 3.1.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks
from trainwell.core.image_size import height_and_width


@dataclass(frozen=True)
class ShortSide:
    """Show a crop of the output's proportions, 1 / S of the largest in length.

    Attributes:
        low: Smallest S.
        high: Largest S.
        flip: Mirror every image on every other pass.

    Example:
        >>> from trainwell.augment.policies import SamplingContext, ShortSide
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> ShortSide()(context).crop_boxes.shape
        (3, 4)
    """

    low: float = 256 / 224
    high: float = 480 / 224
    flip: bool = False

    def __post_init__(self) -> None:
        checks.between("low", self.low, 1, 10)
        checks.between("high", self.high, self.low, 10)

    def __call__(self, context: SamplingContext) -> ops.TransformParams:
        """Return the crop boxes, without operations."""
        u = context.uniform("short_side", 3)
        sides = np.stack([context.widths, context.heights], 1).astype(np.float64)
        rows, columns = height_and_width(context.size)
        largest = (sides * [rows, columns]).min(1, keepdims=True) / [rows, columns]
        scale = self.low + u[:, :1] * (self.high - self.low)
        extent = largest / scale / sides
        low = u[:, 1:] * (1 - extent)
        crop_boxes = np.concatenate([low, low + extent], 1)
        if self.flip:
            crop_boxes = ops.horizontal_flip(crop_boxes, context.mirrored())
        return ops.crop_only(crop_boxes)
