"""A few real images as tensors, for small experiments.

The seed chooses them; they are standardised by the statistics of the training images.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from trainwell import data


@dataclass(frozen=True)
class Small:
    """A small set of images.

    Attributes:
        x: Training images, (n, channels, height, width), standardised.
        y: Their classes, (n,).
        x_test: Test images.
        y_test: Their classes.
    """

    x: Tensor
    y: Tensor
    x_test: Tensor
    y_test: Tensor

    @property
    def num_classes(self) -> int:
        """Number of classes."""
        return int(self.y.max()) + 1

    def flat(self) -> "Small":
        """Return it with images as vectors, (n, pixels)."""
        return Small(self.x.flatten(1), self.y, self.x_test.flatten(1), self.y_test)


def small_set(
    name: str, seed: int, *, num_train: int, num_test: int, size: int | None = None
) -> Small:
    """Return so many images of a set that `data.load` knows.

    Args:
        name: Such as "digits", "fashion-mnist", "cifar10" or "synthetic:shapes".
        seed: Chooses the images.
        num_train: Training images.
        num_test: Test images, of the set's own test split if it has one.
        size: Height and width in pixels, by averaging; as they are by default.

    Raises:
        DataError: If the set is not here and cannot be fetched.

    Example:
        >>> digits = small_set("digits", 0, num_train=100, num_test=50)
        >>> digits.x.shape, digits.num_classes
        (torch.Size([100, 1, 8, 8]), 10)
    """
    splits = data.load(name)
    held_out = splits.test if splits.test is not None else splits.val
    x, y = _drawn(splits.train, num_train, seed, size)
    x_test, y_test = _drawn(held_out, num_test, seed, size)
    mean = x.mean((0, 2, 3), keepdim=True)
    std = x.std((0, 2, 3), keepdim=True)
    return Small((x - mean) / std, y, (x_test - mean) / std, y_test)


def _drawn(
    dataset: data.Dataset, count: int, seed: int, size: int | None
) -> tuple[Tensor, Tensor]:
    rows = np.random.default_rng(seed).permutation(len(dataset))[:count]
    pairs = [dataset.sample(int(row)) for row in rows]
    images = np.stack([image for image, _ in pairs])
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255
    if size is not None:
        x = nn.functional.interpolate(x, size=(size, size), mode="area")
    return x, torch.tensor([int(target) for _, target in pairs])
