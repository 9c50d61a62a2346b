"""Stratified folds: parts of equal size with the same fraction of every class.

    of each class the keys in keyed order go to folds 0, 1, ... K - 1, 0, 1, ...
    the next class continues where the last one ended, so that sizes differ by one

Source: stratified shuffling as in Lim et al., "Fast AutoAugment", 2019, algorithm 1,
https://arxiv.org/abs/1905.00397
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed


def stratified_folds(
    targets: npt.NDArray[np.int64], keys: keyed.Keys, *, folds: int, seed: int
) -> npt.NDArray[np.int64]:
    """Return the fold, from 0 to folds - 1, of every sample.

    Args:
        targets: Class index per sample, shape (n,).
        keys: Content key per sample, shape (n,); samples of one key share a fold.
        folds: Number of folds, 2 or more.
        seed: Seed of the split.

    Raises:
        ValueError: If there are fewer samples than folds, or fewer than two folds.

    Example:
        >>> y = np.array([0, 0, 0, 0, 1, 1])
        >>> folds = stratified_folds(y, np.arange(6, dtype=np.uint64), folds=2, seed=0)
        >>> [int((y[folds == k] == 0).sum()) for k in range(2)]
        [2, 2]
    """
    if not 2 <= folds <= len(targets):
        raise ValueError(
            f"`folds` must be between 2 and the {len(targets)} samples, got {folds}."
        )
    unique, first, back = np.unique(keys, return_index=True, return_inverse=True)
    draw = keyed.bits(seed, 0, unique, "folds")[:, 0]
    by_class = np.lexsort((draw, targets[first]))
    parts = np.empty(len(unique), np.int64)
    parts[by_class] = np.arange(len(unique)) % folds
    return parts[back]
