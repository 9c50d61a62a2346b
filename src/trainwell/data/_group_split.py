"""Cut splits without cutting groups apart: the images of one patient, say.

    unit = images that share a group, or their content with one that does
    content      u = uniform(seed, unit) as for single images
    stratified   the largest unit first, each to the side that lacks its classes most

Source: the second is the greedy rule of scikit-learn's `StratifiedGroupKFold`.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from trainwell.core import keyed
from trainwell.core.errors import DataError
from trainwell.data._split import TEST, TRAIN, VAL, counts

_Keys = npt.NDArray[np.uint64]
_Targets = npt.NDArray[np.int64]


def units(keys: _Keys, groups: Sequence[str]) -> _Keys:
    """Return a key per sample that all samples share which must stay together.

    It is the smallest of the keys of the groups' names, so that further groups change
    none of the old ones.
    """
    names, group = np.unique(np.array(groups), return_inverse=True)
    _, content = np.unique(keys, return_inverse=True)
    size = len(names) + int(content.max(initial=-1)) + 1
    links = (np.ones(len(keys)), (group, content + len(names)))
    _, component = connected_components(coo_array(links, shape=(size, size)))
    named = np.array([keyed.name_key(str(name)) for name in names], np.uint64)
    smallest = np.full(size, np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(smallest, component[: len(names)], named)
    found: _Keys = smallest[component[group]]
    return found


def split(
    units: _Keys,
    targets: _Targets,
    *,
    seed: int,
    val_fraction: float,
    test_fraction: float,
    stratified: bool = False,
) -> npt.NDArray[np.int8]:
    """Return TRAIN, VAL or TEST for every sample; see `units`.

    Raises:
        DataError: There are fewer groups than sides.
    """
    fractions = {TEST: test_fraction, VAL: val_fraction}
    sides = [TRAIN, *(side for side, share in fractions.items() if share > 0)]
    unique, back = np.unique(units, return_inverse=True)
    if len(unique) < len(sides):
        raise DataError(
            f"there are {len(unique)} groups that share no image, too few for "
            f"{len(sides)} splits; give more, or data.test_share=0."
        )
    u = keyed.uniform(seed, 0, unique, "split")[:, 0]
    chosen = np.full(len(unique), TRAIN, np.int8)
    if stratified:
        shares = [1 - test_fraction - val_fraction, *(fractions[s] for s in sides[1:])]
        chosen = np.array(sides, np.int8)[_balanced(back, targets, u, shares)]
    else:
        order = np.argsort(u, kind="stable")
        test, val = counts(u, val_fraction, test_fraction)
        chosen[order[:test]] = TEST
        chosen[order[test : test + val]] = VAL
    return chosen[back]


def folds(units: _Keys, targets: _Targets, *, seed: int, count: int) -> _Targets:
    """Return the fold of every sample, in [0, count)."""
    unique, back = np.unique(units, return_inverse=True)
    if len(unique) < count:
        raise DataError(
            f"there are {len(unique)} groups that share no image, too few for {count} "
            "folds; lower data.folds."
        )
    u = keyed.uniform(seed, 0, unique, "folds")[:, 0]
    return _balanced(back, targets, u, [1 / count] * count)[back]


def _balanced(
    unit: _Targets, targets: _Targets, u: npt.NDArray[np.float64], shares: list[float]
) -> _Targets:
    """Return the side of every unit, so that each has its share of every class."""
    table = np.zeros((len(u), int(targets.max()) + 1))
    np.add.at(table, (unit, targets), 1)
    part = table / np.maximum(table.sum(0), 1)
    lacks = np.outer(shares, np.ones(part.shape[1]))
    side = np.zeros(len(u), np.int64)
    for i in np.lexsort((u, -part.max(1), -table.sum(1))):
        side[i] = int(((lacks - part[i]) ** 2 - lacks**2).sum(1).argmin())
        lacks[side[i]] -= part[i]
    for empty in set(range(len(shares))) - set(side.tolist()):
        largest = np.bincount(side, minlength=len(shares)).argmax()
        members = np.flatnonzero(side == largest)
        side[members[table[members].sum(1).argmin()]] = empty
    return side
