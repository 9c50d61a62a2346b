"""CTAugment: strengths that the network still recognises, learned while training.

    bin weights m, all 1 at first; a bin with m > threshold is sampled, in proportion to
    m, and a level uniformly within it;
    after a step, on images augmented by bins sampled uniformly:
    m <- decay m + (1 - decay) w,    w = 1 - |p(x) - y|_1 / 2

The operations are autocontrast, blur, brightness, contrast, cutout, equalize, invert,
posterize, rescale, rotate, saturation, sharpness, shears, smooth, solarize,
translations and the identity. A level from 0 to 1 also says the direction, and how much
of autocontrast, blur, equalize, invert and smooth is blended in.

Use: where it is not known how strong augmentation may be; nothing to tune.
Side effects: one more forward pass over a small probe batch per step; the weights are
part of the checkpoint, and batches cannot be prepared ahead.
Source: Berthelot et al., "ReMixMatch", 2020, section 3.2 and appendix D,
https://arxiv.org/abs/1911.09785: two operations, 17 bins (8 of posterize, 1 of the
identity), decay 0.99, threshold 0.8. Published code samples the interpolation of
rescale, too, which here is that of all warps; it moves by up to 0.3 pixels where the
paper and we have 0.3 of the image; and its cutout is grey where ours is the border.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainwell.augment import ops
from trainwell.augment.policies._operation import Floats
from trainwell.augment.policies._space import CTAUGMENT, take
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

_BINS = np.array([{"identity": 1, "posterize": 8}.get(name, 17) for name in CTAUGMENT])
Choices = npt.NDArray[np.int64]


def _ones() -> Floats:
    """Return 1 for every bin, and 0 where an operation has fewer than others."""
    return (np.arange(_BINS.max()) < _BINS[:, None]).astype(np.float64)


@dataclass(frozen=True)
class CTAugment:
    """Sample operations at strengths whose bins have weight.

    Attributes:
        num_ops: Operations per image.
        decay: Fraction of a weight that is kept at an update.
        threshold: Bins with a smaller weight are not sampled.
        weights: Weights of the bins of each operation, shape (19, 17), 0 beyond the
            last bin of an operation; `update` moves them.

    Example:
        >>> from trainwell.augment.policies import CTAugment, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> CTAugment()(context)
        OpSequence(samples=3, first=['blur 0.82', 'autocontrast 0.89'])
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
        fallen = kept.sum(1) == 0
        kept[fallen, self.weights[fallen].argmax(1)] = 1.0  # the best, if all have
        bounds = np.cumsum(kept, axis=1) / kept.sum(1, keepdims=True)
        u = context.uniform("ctaugment", 3 * self.num_ops).reshape(-1, self.num_ops, 3)
        choice = (u[..., 0] * len(CTAUGMENT)).astype(np.int64)
        place = (u[..., 1, None] >= bounds[choice]).sum(-1)
        return self._operations(choice, place, u[..., 2], context)

    def probe(
        self, context: SamplingContext
    ) -> tuple[ops.OpSequence, Choices, Choices]:
        """Return operations at uniformly sampled bins, with their operations and bins.

        Returns:
            Operations, and two arrays of shape (n, num_ops) for `update`.
        """
        u = context.uniform("ctaugment_probe", 3 * self.num_ops)
        u = u.reshape(-1, self.num_ops, 3)
        choice = (u[..., 0] * len(CTAUGMENT)).astype(np.int64)
        place = (u[..., 1] * _BINS[choice]).astype(np.int64)
        return self._operations(choice, place, u[..., 2], context), choice, place

    def restore(self, weights: Floats) -> None:
        """Take the weights of a checkpoint.

        Raises:
            ValueError: If they are of other operations.
        """
        if weights.shape != self.weights.shape:
            raise ValueError(
                f"ctaugment has {len(self.weights)} operations, those of the paper, "
                f"and the checkpoint weights of {len(weights)}: it is of an earlier "
                "version; begin a new run."
            )
        self.weights[:] = weights

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
        self, choice: Choices, place: Choices, u: Floats, context: SamplingContext
    ) -> ops.OpSequence:
        level, unsigned = (place + u) / _BINS[choice], np.zeros(len(choice), bool)
        parts = [
            take(
                CTAUGMENT,
                choice[:, k],
                level[:, k],
                unsigned,
                context,
                f"ctaugment {k}",
            )
            for k in range(self.num_ops)
        ]
        return ops.concat(*parts)
