"""TrivialAugment: one operation of 14 at a random strength.

    sample an operation uniformly, a strength of 0, 1/30, ... 1 uniformly, and a sign

Use: where there is no time to tune anything; it has no numbers to set.
Side effects: as of `randaugment`; at its wide ranges some images are hard to recognise.
Source: Mueller & Hutter, "TrivialAugment: Tuning-free Yet State-of-the-Art Data
Augmentation", 2021, algorithm 1 and table 3, https://arxiv.org/abs/2103.10158. A shift
is a fraction of the image, that of 32 pixels of 224, where the paper has pixels.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._space import RANDAUGMENT, WIDE, take
from trainwell.augment.policies._types import SamplingContext

_STRENGTHS = 31


@dataclass(frozen=True)
class TrivialAugment:
    """Sample one operation in wide ranges, or in those of RandAugment.

    Attributes:
        wide: The wide ranges; false takes those of RandAugment.

    Example:
        >>> from trainwell.augment.policies import SamplingContext, TrivialAugment
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> TrivialAugment()(context)
        OpSequence(samples=3, first=['posterize 6 bits'])
    """

    wide: bool = True

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, 1)."""
        u = context.uniform("trivialaugment", 3)
        space = WIDE if self.wide else RANDAUGMENT
        choice = (u[:, 0] * len(space)).astype(np.int64)
        strength = np.floor(u[:, 1] * _STRENGTHS) / (_STRENGTHS - 1)
        negative = u[:, 2] < 0.5
        return take(space, choice, strength, negative, context, "trivialaugment 0")
