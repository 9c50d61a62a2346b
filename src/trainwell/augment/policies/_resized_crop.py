"""Random resized crop: a random rectangle at full size, perhaps flipped.

Area fraction uniform in `area`, logarithm of the aspect ratio uniform in +-log `ratio`.

Use: on photographs, with scale and place of the object varying.
Side effects: small crops may miss the object; large `min_area` (0.35 and more) suits
small data sets and short trainings.
Source: Szegedy et al., "Going Deeper with Convolutions", 2014, section 6.
"""

from dataclasses import dataclass

from trainwell.augment import ops
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks


@dataclass(frozen=True)
class RandomResizedCrop:
    """Show a rectangle of at least `min_area` of the fitted image.

    Attributes:
        min_area: Smallest area of a crop, fraction of the image.
        max_ratio: Largest stretch of width against height, either way round; 1 keeps
            the proportions.
        fit: Mode by which an image gets the output's proportions: pad, stretch or crop.
        flip: Mirror every image on every other pass.

    Example:
        >>> from trainwell.augment.policies import RandomResizedCrop, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> RandomResizedCrop(min_area=0.35)(context).crop_boxes[0].round(3).tolist()
        [0.145, 0.0, 0.911, 1.0]
    """

    min_area: float = 0.35
    max_ratio: float = 4 / 3
    fit: str = "pad"
    flip: bool = False

    def __post_init__(self) -> None:
        checks.between("min_area", self.min_area, 0.01, 1)
        checks.between("max_ratio", self.max_ratio, 1, 10)

    def __call__(self, context: SamplingContext) -> ops.TransformParams:
        """Return the crop boxes, without operations."""
        u = context.uniform("random_resized_crop", 4)
        crop_boxes = ops.resized_crop(
            ops.fit(context.heights, context.widths, mode=self.fit, size=context.size),
            area=self.min_area + u[:, 0] * (1 - self.min_area),
            ratio=self.max_ratio ** (2 * u[:, 1] - 1),
            position=u[:, 2:],
        )
        if self.flip:
            crop_boxes = ops.horizontal_flip(crop_boxes, context.mirrored())
        return ops.crop_only(crop_boxes)
