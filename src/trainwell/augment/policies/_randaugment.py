"""RandAugment: N operations of 14 at one strength.

    N times: sample an operation uniformly, and a sign if it has one; strength M / 30

Use: as the first policy to try on colour photographs; two numbers to tune, N = 1 to 3
and M = 5 to 15, larger for larger networks and more data.
Side effects: slower convergence, so train longer; strong colour operations hurt where
colour is the class, rotation where orientation is.
Source: Cubuk et al., "RandAugment: Practical Automated Data Augmentation with a Reduced
Search Space", 2020, section 3, https://arxiv.org/abs/1909.13719. 31 strengths from 0 to
30, as in torchvision; the paper counts 10 for the same range.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._space import RANDAUGMENT, take
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

_MOST = 30


@dataclass(frozen=True)
class RandAugment:
    """Sample `num_ops` operations at magnitude `magnitude` of 30.

    Attributes:
        num_ops: Operations per image, 1 to 10.
        magnitude: Strength of all of them, 0 to 30.

    Example:
        >>> from trainwell.augment.policies import RandAugment, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> RandAugment(num_ops=2, magnitude=9)(context)
        OpSequence(samples=3, first=['shear x 0.09', 'equalize'])
    """

    num_ops: int = 2
    magnitude: float = 9.0

    def __post_init__(self) -> None:
        checks.between("num_ops", self.num_ops, 1, 10)
        checks.between("magnitude", self.magnitude, 0, _MOST)

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, num_ops)."""
        u = context.uniform("randaugment", 2 * self.num_ops)
        choice = (u[:, : self.num_ops] * len(RANDAUGMENT)).astype(np.int64)
        strength = np.full(len(u), self.magnitude / _MOST)
        return ops.concat(
            *(
                take(
                    RANDAUGMENT,
                    choice[:, k],
                    strength,
                    u[:, self.num_ops + k] < 0.5,
                    context,
                    f"randaugment {k}",
                )
                for k in range(self.num_ops)
            )
        )
