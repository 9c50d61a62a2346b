"""Collate: augmentation inside a plain DataLoader.

Use: with `torch.utils.data.DataLoader(dataset, collate_fn=Collate(...))`, any number of
workers.
Side effects: none; how a sample looks does not depend on workers, batches or order.
Source: definition; see `augment`.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import default_collate

from trainwell.augment._augment import augment
from trainwell.augment._images import Pixels, as_arrays
from trainwell.augment.policies import Policy, Transform
from trainwell.core import checks
from trainwell.core.image_size import ImageSize
from trainwell.preprocess import Standardize


class Collate:
    """Turn samples of a dataset into an augmented batch.

    A sample is (image, target) or (image, target, index), the image 8-bit pixel values
    of shape (height, width, channels). The transform parameters depend on the seed, the
    epoch and the index alone; without an index, on the image's content instead. Say
    which epoch it is before each pass, which reaches persistent workers, too:

        for epoch in range(epochs):
            collate.set_epoch(epoch)
            for images, targets in loader: ...

    Args:
        policy: A policy or a transform, as for `augment`.
        seed: Seed of all transform parameters.
        size: Size of the output in pixels: a square's side, or (height, width).
        standardize: Statistics of the training split, as for `augment`.
        border: Pixels outside an image, as for `augment`.
        interpolation: Interpolation of warps, as for `augment`.

    Example:
        >>> from trainwell.augment import Collate, policies
        >>> collate = Collate(policies.Plain(flip=True), seed=0)
        >>> images, targets = collate([(np.zeros((8, 8, 3), np.uint8), 3)] * 4)
        >>> images.shape, targets.tolist()
        (torch.Size([4, 3, 8, 8]), [3, 3, 3, 3])
    """

    def __init__(  # noqa: PLR0913
        self,
        policy: Policy | Transform,
        *,
        seed: int = 0,
        size: ImageSize | None = None,
        standardize: Standardize | None = None,
        border: str = "mean",
        interpolation: str = "nearest",
    ) -> None:
        self.policy = policy
        self.seed = seed
        self.size = size
        self.standardize = standardize
        self.border = border
        self.interpolation = interpolation
        self._epoch = torch.zeros((), dtype=torch.int64).share_memory_()

    def set_epoch(self, epoch: int) -> None:
        """Sample new transform parameters from the next pass on, in every process."""
        checks.between("epoch", epoch, 0, float("inf"))
        self._epoch.fill_(epoch)

    def __call__(self, samples: Sequence[Sequence[Any]]) -> tuple[Tensor, Any]:
        """Return images, (n, channels, height, width), and targets.

        Raises:
            ValueError: If a sample is not as described above.
        """
        if any(len(sample) not in (2, 3) for sample in samples):
            raise ValueError(
                "samples must be (image, target) or (image, target, index)."
            )
        arrays = as_arrays([sample[0] for sample in samples])
        ids = [
            int(sample[2]) if len(sample) == 3 else _content(array)
            for sample, array in zip(samples, arrays, strict=True)
        ]
        images = augment(
            arrays,
            self.policy,
            key=(self.seed, ids),
            epoch=int(self._epoch),
            size=self.size,
            standardize=self.standardize,
            border=self.border,
            interpolation=self.interpolation,
        )
        return images, default_collate([sample[1] for sample in samples])


def _content(image: Pixels) -> int:
    digest = hashlib.blake2b(image.tobytes(), digest_size=8)
    return int.from_bytes(digest.digest())
