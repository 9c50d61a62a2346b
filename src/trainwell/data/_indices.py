"""Indices of some samples: evenly spaced, or every class in proportion.

Source: none; stratified sampling.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed
from trainwell.data._types import Dataset

Rows = npt.NDArray[np.int64]


def evenly_spaced_indices(length: int, count: int) -> Rows:
    """Return at most `count` indices, evenly spaced over range(length).

    Example:
        >>> from trainwell.data import evenly_spaced_indices
        >>> evenly_spaced_indices(10, 4).tolist()
        [0, 3, 6, 9]
    """
    return np.unique(np.linspace(0, length - 1, min(length, count)).astype(np.int64))


def stratified_indices(
    dataset: Dataset, count: int, *, seed: int, strata: Rows | None = None
) -> Rows:
    """Return at most `count` random indices, every class in proportion, in order.

    Args:
        dataset: Dataset whose keys and targets decide.
        count: Maximum number of indices; all of a smaller dataset are returned.
        seed: Seed of the keyed random numbers.
        strata: A number per sample, each in proportion; its class by default.

    Example:
        >>> from trainwell.data import load, stratified_indices
        >>> splits = load("digits")
        >>> some = stratified_indices(splits.train, 100, seed=0)
        >>> np.bincount(splits.train.targets[some]).tolist()
        [11, 10, 9, 10, 10, 11, 9, 10, 10, 10]
    """
    if len(dataset) <= count:
        return np.arange(len(dataset))
    u = keyed.uniform(seed, 0, dataset.keys, "search")[:, 0]
    by_class = np.lexsort((u, dataset.targets if strata is None else strata))
    places = np.floor((np.arange(count) + 0.5) * len(dataset) / count).astype(np.int64)
    return np.sort(by_class[places])


def spaced_indices_per_class(
    targets: npt.NDArray[np.integer], count: int, *, min_per_class: int = 2
) -> Rows:
    """Return about `count` indices, evenly spaced within each class, in order.

    Args:
        targets: Class index of every sample, shape (n,).
        count: Number of indices, in proportion to the sizes of the classes.
        min_per_class: Minimum of each class, if it has as many.

    Example:
        >>> from trainwell.data import spaced_indices_per_class
        >>> spaced_indices_per_class(np.array([0, 0, 0, 0, 1, 1]), 3).tolist()
        [0, 3, 4, 5]
    """
    fraction = min(1.0, count / len(targets))
    chosen = []
    for label in np.unique(targets):
        own = np.flatnonzero(targets == label)
        kept = min(len(own), max(min_per_class, round(fraction * len(own))))
        chosen.append(own[np.linspace(0, len(own) - 1, kept).astype(int)])
    return np.sort(np.concatenate(chosen))
