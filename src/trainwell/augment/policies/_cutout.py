"""Cutout: a square at a random place shows nothing.

Use: on small images, beside flips and crops; half of the image's side on CIFAR-10,
a quarter with 100 classes or small objects.
Side effects: training accuracy falls; a square may hide a small object altogether.
Source: DeVries & Taylor, "Improved Regularization of Convolutional Neural Networks with
Cutout", 2017, section 3.2, https://arxiv.org/abs/1708.04552. The centre is anywhere in
the image, so that the square may hang over its border.
"""

from dataclasses import dataclass

from trainwell.augment import ops
from trainwell.augment.ops._op_sequence import where
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks


@dataclass(frozen=True)
class Cutout:
    """Hide a square of `side` times the shorter side, in a fraction `p` of the images.

    Attributes:
        side: Side of the square as a fraction of the output's shorter side.
        p: Fraction of the images that are changed.

    Example:
        >>> from trainwell.augment.policies import Cutout, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> Cutout(side=0.25)(context)
        OpSequence(samples=3, first=['cutout 0.25'])
    """

    side: float = 0.5
    p: float = 1.0

    def __post_init__(self) -> None:
        checks.between("side", self.side, 0, 2)
        checks.between("p", self.p, 0, 1)

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, 1)."""
        u = context.uniform("cutout", 3)
        squares = ops.cutout(u[:, 0], u[:, 1], self.side, size=context.size)
        return where(u[:, 2] < self.p, squares)
