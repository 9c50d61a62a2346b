"""Groups of images that are near copies of one another, as burst photographs are.

    linked(s, t):  popcount(hash_s XOR hash_t) <= 7  and  likeness(s, t) >= 0.98
    group = images that links connect

The hash and the likeness are those of `_thumbnail`. Words that differ in at most seven
bits agree in one of eight bytes. The limits are wider than those of copies across
splits, for a group costs nothing where it is wrong: its images share a fold. Among more
than 20,000 images those of copies are used, for the time. Of 4,000 images of CIFAR-10
two pairs are linked, of 1,192 garments eight, of 2,640 groceries two.

Use: to cut folds, and not to judge a classifier by copies of what it has seen.
Side effects: photographs of one scene from two sides are not found.
Source: the index is that of `_duplicates`; the limits are ours.
"""

import numpy as np
import numpy.typing as npt
import torch.nn.functional as F
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from torch import Tensor

from trainwell.core.limits import MIN_COMPARED_SIDE
from trainwell.data._duplicates import (
    MAX_BITS,
    MIN_LIKENESS,
    MIN_STRUCTURE,
    QUARTER,
    candidates,
)
from trainwell.data._thumbnail import (
    CELLS,
    Thumbs,
    difference_hash,
    standardised,
    structure,
)

_MOST = 20_000  # images
_BYTE, _BITS, _LIKENESS = 8, 7, 0.98

Groups = npt.NDArray[np.int64]


def near_groups(thumbs: Thumbs) -> Groups:
    """Return the number of the group of every thumbnail, from 0; most stand alone.

    Args:
        thumbs: Grey thumbnails, 8 rows of 9 cells each, shape (n, 72).

    Example:
        >>> from trainwell.data import near_groups
        >>> thumbs = np.random.default_rng(0).integers(0, 200, (3, 72), np.uint8)
        >>> near_groups(np.concatenate([thumbs, thumbs[1:2] + 9])).tolist()
        [0, 1, 2, 1]
    """
    rows = np.flatnonzero(structure(thumbs) >= MIN_STRUCTURE)
    some = thumbs[rows]
    words, unit = difference_hash(some), standardised(some)
    few = len(some) <= _MOST
    width, bits, likeness = (
        (_BYTE, _BITS, _LIKENESS) if few else (QUARTER, MAX_BITS, MIN_LIKENESS)
    )
    links = [np.empty((2, 0), np.int64)]
    for i, j in candidates(words, words, width):
        close = (i < j) & (np.bitwise_count(words[i] ^ words[j]) <= bits)
        i, j = i[close], j[close]
        like = np.einsum("nc,nc->n", unit[i], unit[j]) >= likeness
        links.append(rows[np.stack([i[like], j[like]])])
    first, second = np.concatenate(links, axis=1)
    table = coo_array((np.ones(len(first)), (first, second)), (len(thumbs),) * 2)
    return np.asarray(connected_components(table, directed=False)[1], np.int64)


def near_image_groups(images: Tensor) -> Groups:
    """Return the number of the group of every image, from 0.

    Args:
        images: Shape (n, channels, height, width), in any units. Each of other inputs,
            and of images below 16 pixels, stands alone.

    Example:
        >>> from trainwell.data import near_image_groups
        >>> images = torch.rand(3, 3, 32, 32)
        >>> near_image_groups(torch.cat([images, images[:1] * 0.9])).tolist()
        [0, 1, 2, 0]
    """
    if images.ndim != 4 or min(images.shape[2:]) < MIN_COMPARED_SIDE:
        return np.arange(len(images))
    cells = F.adaptive_avg_pool2d(images.detach().float().mean(1), (8, 9)).flatten(1)
    low, high = cells.min(), cells.max()
    values = (cells - low) / (high - low).clamp_min(1e-12) * 255
    return near_groups(values.round().byte().cpu().numpy().reshape(-1, CELLS))


def near_keys(keys: npt.NDArray[np.uint64], thumbs: Thumbs) -> npt.NDArray[np.uint64]:
    """Return one key for all of a group, the smallest of its images' content keys.

    Args:
        keys: Content key of every image, shape (n,).
        thumbs: Thumbnail of every image, shape (n, 72); without any, keys are kept.

    Example:
        >>> from trainwell.data import near_keys
        >>> thumbs = np.random.default_rng(0).integers(0, 200, (2, 72), np.uint8)
        >>> near_keys(np.array([7, 8, 5], np.uint64), thumbs[[0, 1, 0]]).tolist()
        [5, 8, 5]
    """
    if len(thumbs) != len(keys):
        return keys
    group = near_groups(thumbs)
    smallest = np.full(len(keys), np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(smallest, group, keys)
    return smallest[group]


def grouped_folds(
    targets: npt.NDArray[np.integer], groups: Groups, *, folds: int, seed: int = 0
) -> Groups:
    """Return the fold of every sample, from 0; a group is in one fold.

    The groups of every class, by their first sample, are dealt out evenly.

    Args:
        targets: Class index of every sample, shape (n,).
        groups: Group of every sample, shape (n,), as `near_groups` returns.
        folds: Number of folds, at most as many as a class has groups.
        seed: Seed of the folds.

    Example:
        >>> from trainwell.data import grouped_folds
        >>> groups = np.array([0, 0, 1, 1, 2, 2, 3, 3])
        >>> folds = grouped_folds(np.arange(8) // 4, groups, folds=2)
        >>> (folds[::2] == folds[1::2]).all()
        np.True_
    """
    from sklearn.model_selection import StratifiedKFold

    _, first, back = np.unique(groups, return_index=True, return_inverse=True)
    deal = StratifiedKFold(folds, shuffle=True, random_state=seed)
    fold = np.empty(len(first), np.int64)
    for number, (_, held) in enumerate(deal.split(first, targets[first])):
        fold[held] = number
    return fold[back]


def groups_per_class(targets: npt.NDArray[np.integer], groups: Groups) -> Groups:
    """Return how many groups begin with a sample of each class, from 0 to the last.

    Example:
        >>> from trainwell.data import groups_per_class
        >>> groups_per_class(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])).tolist()
        [1, 2]
    """
    _, first = np.unique(groups, return_index=True)
    counts = np.bincount(targets[first], minlength=int(targets.max(initial=-1)) + 1)
    return np.asarray(counts, np.int64)
