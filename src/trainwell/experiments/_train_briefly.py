"""Train by a recipe on a few images of a known set, and keep only the summary."""

import tempfile
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell import data
from trainwell.runs import Quiet, evaluate, train

_QUIET = (
    "train.precision=float32",
    "train.memory_format=contiguous",
    "data.test_share=0.4",
    "data.val_share=0.1",
    "data.split=stratified",
)


def some_images(
    name: str, seed: int, count: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return so many training images of a set that `data.load` knows, and classes.

    Args:
        name: Such as "digits" or "cifar10".
        seed: Chooses the images.
        count: Number of images.

    Raises:
        DataError: If the set is not here and cannot be fetched.

    Example:
        >>> images, targets = some_images("digits", 0, 20)
        >>> images.shape, targets.shape
        ((20, 8, 8, 1), (20,))
    """
    dataset = data.load(name).train
    rows = np.random.default_rng(seed).permutation(len(dataset))[:count]
    pairs = [dataset.sample(int(row)) for row in rows]
    images = np.stack([image for image, _ in pairs])
    return images, np.array([int(target) for _, target in pairs])


def train_briefly(
    name: str, count: int, *keys: str, seed: int, views: Sequence[str] = ()
) -> dict[str, Any]:
    """Train on 50 % of so many images, and return the summary of the run.

    10 % are validation images, and 40 % are test images.

    Args:
        name: The set, as for `some_images`.
        count: Number of images.
        keys: Recipe keys and values, such as "train.epochs=5".
        seed: Chooses and splits the images, and all else that is random.
        views: Views of `evaluate` whose test accuracy is added under their names.

    Example:
        >>> found = train_briefly("digits", 200, "train.epochs=1", seed=0)
        >>> 0 <= found["test_accuracy"] <= 1
        True
    """
    images = some_images(name, seed, count)
    again = seed + 1  # the set itself may be cut by seed 0, and would be cut alike
    seeds = (f"seed={seed}", f"data.split_seed={again}")
    with tempfile.TemporaryDirectory() as folder:
        run = train(
            images, *_QUIET, *seeds, *keys, out=f"{folder}/run", reporter=Quiet()
        )
        averaged = {
            view: evaluate(run.path, images, views=view).accuracy for view in views
        }
        return {**run.summary, **averaged}
