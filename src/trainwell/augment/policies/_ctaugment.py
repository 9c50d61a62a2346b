"""CTAugment: strengths that the network still recognises, learned while training.

    bin weights m, all 1 at first; a bin with m > threshold is sampled, in proportion to
    m after a step, on images augmented by bins sampled uniformly:
    m <- decay m + (1 - decay) w,    w = 1 - |p(x) - y|_1 / 2

Use: where it is not known how strong augmentation may be; nothing to tune.
Side effects: one more forward pass over a small probe batch per step; the weights are
part of the checkpoint, and batches cannot be prepared ahead.
Source: Berthelot et al., "ReMixMatch", 2020, section 3.2 and appendix D,
https://arxiv.org/abs/1911.09785: two operations, 17 bins, decay 0.99, threshold 0.8.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainwell.augment import ops
from trainwell.augment.policies._space import AUTOAUGMENT, Floats, take
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

_BINS = 17
Choices = npt.NDArray[np.int64]


def _ones() -> Floats:
    return np.ones((len(AUTOAUGMENT), _BINS))


@dataclass(frozen=True)
class CTAugment:
    """Sample operations at strengths whose bins have weight.

    Attributes:
        num_ops: Operations per image.
        decay: Fraction of a weight that is kept at an update.
        threshold: Bins with a smaller weight are not sampled.
        weights: Weights of the bins of each operation, shape (operations, 17); `update`
            moves them.

    Example:
        >>> from trainwell.augment.policies import CTAugment, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> CTAugment()(context)
        OpSequence(samples=3, first=['shear x 0.24', 'shear x -0.27'])
    """

    num_ops: int = 2
    decay: float = 0.99
    threshold: float = 0.8
    weights: Floats = field(default_factory=_ones, repr=False, compare=False)

    def __post_init__(self) -> None:
        checks.between("num_ops", self.num_ops, 1, 10)
        checks.between("decay", self.decay, 0, 1)
        checks.between("threshold", self.threshold, 0, 1)

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, num_ops)."""
        kept = np.where(self.weights > self.threshold, self.weights, 0.0)
        kept[kept.sum(1) == 0, 0] = 1.0  # the weakest, if all have fallen
        bounds = np.cumsum(kept, axis=1) / kept.sum(1, keepdims=True)
        u = context.uniform("ctaugment", 3 * self.num_ops).reshape(-1, self.num_ops, 3)
        choice = (u[..., 0] * len(AUTOAUGMENT)).astype(np.int64)
        place = (u[..., 1, None] >= bounds[choice]).sum(-1)
        return self._operations(choice, place, u[..., 2] < 0.5)

    def probe(
        self, context: SamplingContext
    ) -> tuple[ops.OpSequence, Choices, Choices]:
        """Return operations at uniformly sampled bins, with their operations and bins.

        Returns:
            Operations, and two arrays of shape (n, num_ops) for `update`.
        """
        u = context.uniform("ctaugment_probe", 3 * self.num_ops)
        u = u.reshape(-1, self.num_ops, 3)
        choice = (u[..., 0] * len(AUTOAUGMENT)).astype(np.int64)
        place = (u[..., 1] * _BINS).astype(np.int64)
        return self._operations(choice, place, u[..., 2] < 0.5), choice, place

    def update(self, choice: Choices, place: Choices, match: Floats) -> None:
        """Move the weights of the bins that were probed, sample after sample.

        Args:
            choice: Operations, shape (n, num_ops).
            place: Bins, shape (n, num_ops).
            match: w of each sample, in [0, 1], shape (n,).
        """
        for operations, bins, w in zip(choice, place, match, strict=True):
            old = self.weights[operations, bins]
            self.weights[operations, bins] = self.decay * old + (1 - self.decay) * w

    def _operations(
        self, choice: Choices, place: Choices, negative: npt.NDArray[np.bool_]
    ) -> ops.OpSequence:
        strength = (place + 0.5) / _BINS
        return ops.concat(
            *(
                take(AUTOAUGMENT, choice[:, k], strength[:, k], negative[:, k])
                for k in range(self.num_ops)
            )
        )
