"""Plain: the fitted image, flipped or not; what evaluation sees, at flip=False.

Source: definition.
"""

from dataclasses import dataclass

from trainwell.augment import ops
from trainwell.augment.policies._types import SamplingContext


@dataclass(frozen=True)
class Plain:
    """Show the whole image as `fit` says, perhaps mirrored.

    Example:
        >>> from trainwell.augment.policies import Plain, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> Plain()(context).crop_boxes[0].tolist()
        [0.0, 0.0, 1.0, 1.0]
    """

    fit: str = "pad"
    flip: bool = False

    def __call__(self, context: SamplingContext) -> ops.TransformParams:
        """Return the crop boxes, without operations."""
        crop_boxes = ops.fit(
            context.heights, context.widths, mode=self.fit, size=context.size
        )
        if self.flip:
            crop_boxes = ops.horizontal_flip(crop_boxes, context.mirrored())
        return ops.crop_only(crop_boxes)
