"""Types of policies: their input and their output."""

from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops import OpSequence, TransformParams
from trainwell.core import keyed
from trainwell.core.image_size import ImageSize


@dataclass(frozen=True)
class SamplingContext:
    """The samples to transform: their keys and sizes, the run's seed and the epoch.

    Attributes:
        seed: Seed of the run.
        epoch: The pass over the data.
        keys: Content keys of the samples, shape (n,).
        heights: Heights of their images in pixels, shape (n,).
        widths: Widths of their images in pixels, shape (n,).
        epochs: Number of epochs in the whole run, if known.
        size: Size of the output, of which only the proportions count; a square if it is
            not given.

    Example:
        >>> from trainwell.augment.policies import SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> context.uniform("my_policy").shape
        (3, 1)
    """

    seed: int
    epoch: int
    keys: keyed.Keys
    heights: npt.NDArray[np.int32]
    widths: npt.NDArray[np.int32]
    epochs: float | None = None
    size: ImageSize = 1

    def uniform(self, operation: str, count: int = 1) -> npt.NDArray[np.float64]:
        """Return numbers in [0, 1), shape (n, count), of this operation alone."""
        return keyed.uniform(self.seed, self.epoch, self.keys, operation, count)

    def of(self, rows: npt.NDArray[np.int64]) -> "SamplingContext":
        """Return the context of some of the samples; their numbers stay the same."""
        return replace(
            self,
            keys=self.keys[rows],
            heights=self.heights[rows],
            widths=self.widths[rows],
        )

    def mirrored(self) -> npt.NDArray[np.bool_]:
        """Return which samples are flipped: at random in epoch 0, then alternately.

        Each image is seen mirrored on every other pass, which wastes no pass on a
        view seen before (Jordan, "94% on CIFAR-10 in 3.29 Seconds", 2024, section 3.6).
        """
        coin = keyed.bits(self.seed, 0, self.keys, "horizontal_flip")[:, 0] % 2
        mirrored: npt.NDArray[np.bool_] = coin.astype(np.int64) != self.epoch % 2
        return mirrored


@runtime_checkable
class Policy(Protocol):
    """Sample the transform parameters of each image.

    Example:
        >>> from trainwell.augment.policies import Plain, Policy
        >>> isinstance(Plain(), Policy)
        True
    """

    def __call__(self, context: SamplingContext) -> TransformParams: ...


@runtime_checkable
class Transform(Protocol):
    """Sample the operations that are applied to each crop.

    Example:
        >>> from trainwell.augment import augment, ops
        >>> images = torch.full((1, 2, 2, 3), 100, dtype=torch.uint8)
        >>> darker = augment(images, lambda context: ops.brightness(0.5), key=0)
        >>> darker[0, 0].tolist()
        [[50, 50], [50, 50]]
    """

    def __call__(self, context: SamplingContext) -> OpSequence: ...
