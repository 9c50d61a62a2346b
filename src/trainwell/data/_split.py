"""Cut validation and test images out of a source by content.

    u_i = uniform(seed, key_i)                       the same for the same content
    test:  the n_t images of a class with the lowest u
    val:   the n_v images after them
    n_t = clip(#{u < t}, about t n),   n_t + n_v = clip(#{u < t + v}, about (t + v) n)

An image's side is decided by its own content and the seed, so adding images moves
none of the old ones, and copies of an image always share a side. Only where chance
leaves a class with less than half or more than one and a half of its share are the
nearest images moved, which is rare beyond twenty per class. Every class with at least
two different images has one to train on and one to validate on.

Source: splitting by hash as in A. Geron, "Hands-On Machine Learning", chapter 2
(after the speech commands data set); the clipping per class is ours.
"""

import math

import numpy as np
import numpy.typing as npt

from trainwell.core import keyed

TRAIN, VAL, TEST = 0, 1, 2


def cut(
    keys: npt.NDArray[np.uint64],
    targets: npt.NDArray[np.int64],
    *,
    seed: int,
    val_share: float,
    test_share: float,
) -> npt.NDArray[np.int8]:
    """Return TRAIN, VAL or TEST for every sample.

    Args:
        keys: Content key per sample, shape (n,).
        targets: Class index per sample, shape (n,).
        seed: Another seed cuts elsewhere.
        val_share: Share of validation images in all, above 0.
        test_share: Share of test images in all; 0 cuts none.
    """
    unique, first, back = np.unique(keys, return_index=True, return_inverse=True)
    draw = keyed.uniform(seed, 0, unique, "split")[:, 0]
    owner = targets[first]
    side = np.zeros(len(unique), np.int8)
    for target in np.unique(owner):
        members = np.flatnonzero(owner == target)
        members = members[np.argsort(draw[members], kind="stable")]
        test, val = _counts(draw[members], val_share, test_share)
        side[members[:test]] = TEST
        side[members[test : test + val]] = VAL
    return side[back]


def _counts(
    draws: npt.NDArray[np.float64], val_share: float, test_share: float
) -> tuple[int, int]:
    """Return how many of one class's images go to test and to val."""
    n = len(draws)
    test = 0
    if test_share > 0 and n >= 3:
        low, high = _bounds(n, test_share)
        test = _clip(int((draws < test_share).sum()), low, min(high, n - 2))
    if n < 2:
        return test, 0
    low, high = _bounds(n, val_share)
    below = int((draws < test_share + val_share).sum()) - test
    return test, _clip(below, low, min(high, n - test - 1))


def _bounds(n: int, share: float) -> tuple[int, int]:
    return max(1, math.floor(0.5 * share * n)), max(1, math.ceil(1.5 * share * n))


def _clip(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
