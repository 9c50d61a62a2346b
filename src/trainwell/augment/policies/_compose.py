"""Compose: a crop, then any number of policies, as one.

Source: definition.
"""

from dataclasses import dataclass

from trainwell.augment.ops import TransformParams
from trainwell.augment.policies._types import Policy, SamplingContext, Transform


@dataclass(frozen=True)
class Compose:
    """Show what `crop` draws, changed by each of `transforms` in turn.

    A policy that is listed twice draws the same twice; give it twice as many
    operations instead.

    Example:
        >>> from trainwell.augment import augment, policies
        >>> crop = policies.PadCrop(32, 4, flip=True)
        >>> policy = policies.Compose(crop, (policies.RandAugment(), policies.Cutout()))
        >>> images = torch.zeros(2, 32, 32, 3, dtype=torch.uint8)
        >>> augment(images, policy, key=0).shape
        torch.Size([2, 3, 32, 32])
    """

    crop: Policy
    transforms: tuple[Transform, ...] = ()

    def __call__(self, context: SamplingContext) -> TransformParams:
        """Return the transform parameters."""
        params = self.crop(context)
        for transform in self.transforms:
            params = params.then(transform(context))
        return params
