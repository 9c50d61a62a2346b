"""Parts of equal size in which every class has its share.

    of each class the samples in keyed order go to parts 0, 1, ... K - 1, 0, 1, ...
    the next class goes on where the last one ended, so that parts differ by one at most

Source: stratified shuffling as in Lim et al., "Fast AutoAugment", 2019, algorithm 1,
https://arxiv.org/abs/1905.00397
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed


def stratified_folds(
    targets: npt.NDArray[np.int64], keys: keyed.Keys, *, folds: int, seed: int
) -> npt.NDArray[np.int64]:
    """Return the part, from 0 to folds - 1, of every sample.

    Args:
        targets: Class index per sample, shape (n,).
        keys: Content key per sample, shape (n,).
        folds: How many parts, 2 or more.
        seed: Another seed cuts elsewhere.

    Raises:
        ValueError: If there are fewer samples than parts, or fewer than two parts.
    """
    if not 2 <= folds <= len(targets):
        raise ValueError(
            f"`folds` must be between 2 and the {len(targets)} samples, got {folds}."
        )
    draw = keyed.bits(seed, 0, keys, "folds")[:, 0]
    by_class = np.lexsort((draw, targets))
    parts = np.empty(len(targets), np.int64)
    parts[by_class] = np.arange(len(targets)) % folds
    return parts
