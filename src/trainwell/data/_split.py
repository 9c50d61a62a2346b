"""Cut validation and test images out of a source by content.

    u_i = uniform(seed, key_i)                the same for the same content
    test:  u < t       val:  t <= u < t + v       train:  the others
    but of every class at least one image each for train, val and test, in this
    order of need: the ones with the lowest u are moved

    stratified: of a class of n, the round(t n) lowest u, then the next round(v n)

    fewer: of every class, the n images with the lowest w_i = uniform(seed, key_i)

Each image's side is decided by its own content and the seed, so adding images moves
none of the old ones, and copies of an image share a side. The price is chance: of a
class of n images p n go to a split of fraction p, give or take sqrt(p (1 - p) n). Only
in a class so small that chance leaves a side empty is an image moved to it.

Source: splitting by hash as in A. Geron, "Hands-On Machine Learning", chapter 2
(after the speech commands data set); the minimum of one per class is ours.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed

TRAIN, VAL, TEST = 0, 1, 2


def split_by_content(
    keys: npt.NDArray[np.uint64],
    targets: npt.NDArray[np.int64],
    *,
    seed: int,
    val_fraction: float,
    test_fraction: float,
    stratified: bool = False,
) -> npt.NDArray[np.int8]:
    """Return TRAIN, VAL or TEST for every sample.

    Args:
        keys: Content key per sample, shape (n,).
        targets: Class index per sample, shape (n,).
        seed: Another seed cuts elsewhere.
        val_fraction: Fraction of validation images; 0 holds out none.
        test_fraction: Fraction of test images; 0 holds out none.
        stratified: Take the fraction of every class, exact to one image.
    """
    unique, first, back = np.unique(keys, return_index=True, return_inverse=True)
    u = keyed.uniform(seed, 0, unique, "split")[:, 0]
    owner = targets[first]
    side = np.zeros(len(unique), np.int8)
    for target in np.unique(owner):
        members = np.flatnonzero(owner == target)
        members = members[np.argsort(u[members], kind="stable")]
        if stratified:
            shares = (
                round(test_fraction * len(members)),
                round(val_fraction * len(members)),
            )
            test, val = at_least_one(len(members), *shares, val_fraction, test_fraction)
        else:
            test, val = counts(u[members], val_fraction, test_fraction)
        side[members[:test]] = TEST
        side[members[test : test + val]] = VAL
    return side[back]


def folds(
    keys: npt.NDArray[np.uint64],
    targets: npt.NDArray[np.int64],
    *,
    seed: int,
    count: int,
) -> npt.NDArray[np.int64]:
    """Return the fold of every sample, in [0, count): each class is dealt out in turn.

    Args:
        keys: Content key per sample, shape (n,); copies share a fold.
        targets: Class index per sample, shape (n,).
        seed: Another seed deals otherwise.
        count: Number of folds, at most the number of samples.
    """
    unique, first, back = np.unique(keys, return_index=True, return_inverse=True)
    u = keyed.uniform(seed, 0, unique, "folds")[:, 0]
    dealt = np.lexsort((u, targets[first]))
    fold = np.empty(len(unique), np.int64)
    fold[dealt] = np.arange(len(unique)) % count
    return fold[back]


def limit_per_class(
    keys: npt.NDArray[np.uint64],
    targets: npt.NDArray[np.int64],
    *,
    seed: int,
    per_class: int,
) -> npt.NDArray[np.int64]:
    """Return the indices of at most `per_class` samples of every class, in order.

    What a smaller number takes, a larger one takes too.

    Args:
        keys: Content key per sample, shape (n,).
        targets: Class index per sample, shape (n,).
        seed: Another seed takes others.
        per_class: At least 1.
    """
    u = keyed.uniform(seed, 0, keys, "fewer")[:, 0]
    order = np.argsort(u, kind="stable")
    kept = [
        order[targets[order] == target][:per_class] for target in np.unique(targets)
    ]
    return np.sort(np.concatenate(kept))


def counts(
    u: npt.NDArray[np.float64], val_fraction: float, test_fraction: float
) -> tuple[int, int]:
    """Return how many of one class's images go to test and to val by their u."""
    test = int((u < test_fraction).sum())
    val = int((u < test_fraction + val_fraction).sum()) - test
    return at_least_one(len(u), test, val, val_fraction, test_fraction)


def at_least_one(
    n: int, test: int, val: int, val_fraction: float, test_fraction: float
) -> tuple[int, int]:
    """Return test and val of n images, with one at least for each side in use."""
    below_val = test + val
    test = _clip(test, 1, n - 2) if test_fraction > 0 and n >= 3 else 0
    left = n - test - 1
    return test, _clip(below_val - test, 1, left) if val_fraction > 0 and n >= 2 else 0


def _clip(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
