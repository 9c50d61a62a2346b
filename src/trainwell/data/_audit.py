"""Audit: what a scan found in the data, as one object that a report can show.

Exact duplicates are files with the same bytes (arrays: the same pixels), the keys by
which splits are cut. Near duplicates look alike at thumbnail size, see `_duplicates`;
images below 16 pixels are left out, because all of them would.

Source: none; a summary.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.limits import MIN_COMPARED_SIDE
from trainwell.data._duplicates import near_pairs, same_keys
from trainwell.data._probe import Probe
from trainwell.data._scan import BadImage
from trainwell.data._shared_groups import SharedGroups
from trainwell.data._thumbnail import Thumbs, stack_thumbs
from trainwell.data._types import Dataset

MAX_LISTED = 100


@dataclass(frozen=True)
class ImagePair:
    """Two images of two splits that are, or look, the same."""

    first_split: str
    first: str
    second_split: str
    second: str


@dataclass(frozen=True)
class DuplicatePairs:
    """How many of a kind there are, and the first of them."""

    count: int
    pairs: tuple[ImagePair, ...]


@dataclass(frozen=True)
class Audit:
    """What was found in the data; `dataclasses.asdict` gives JSON-able values.

    Attributes:
        source: The source as given.
        counts: Images per class, per split; or those that have a value of each other
            thing that is predicted.
        heights: Smallest and largest height of an image.
        widths: Smallest and largest width of an image.
        modes: Images per stored mode, in Pillow's names.
        bad_images: Every file that could not be used, and why.
        ignored: Files that are no images by their extension, the first hundred.
        num_ignored: Number of such files.
        exact_duplicates: Images of a later split that an earlier one has too.
        near_duplicates: Images of a later split that look like one of an earlier.
        repeated: Images that repeat another one of their own split.
        label_conflicts: Groups of names of one image under several labels.
        num_label_conflicts: Number of such images.
        imbalance: Training images of the largest class over those of the smallest; 1
            where no classes are predicted.
        notes: How the source was read, and what of it was not.
        warnings: Messages for the user, the notes first.
        groups: Groups that lie in several splits; None where no groups are known.

    Example:
        >>> from trainwell.data import load
        >>> audit = load("digits").audit
        >>> audit.exact_duplicates.count, round(audit.imbalance, 2), audit.modes
        (0, 1.24, {'L': 1797})
    """

    source: str
    counts: dict[str, dict[str, int]]
    heights: tuple[int, int]
    widths: tuple[int, int]
    modes: dict[str, int]
    bad_images: tuple[BadImage, ...]
    ignored: tuple[str, ...]
    num_ignored: int
    exact_duplicates: DuplicatePairs
    near_duplicates: DuplicatePairs
    repeated: int
    label_conflicts: tuple[tuple[str, ...], ...]
    num_label_conflicts: int
    imbalance: float
    notes: tuple[str, ...]
    warnings: tuple[str, ...]
    groups: SharedGroups | None = None


@dataclass(frozen=True)
class ScannedDataset:
    """A split with what the scan saw of each of its images."""

    dataset: Dataset
    probes: Sequence[Probe]


def find_exact(splits: Mapping[str, ScannedDataset]) -> DuplicatePairs:
    """Return copies across splits."""
    found = []
    for (a, first), (b, second) in combinations(splits.items(), 2):
        pairs = same_keys(first.dataset.keys, second.dataset.keys)
        found.append((a, first, b, second, pairs))
    return _listed(found)


def find_near(splits: Mapping[str, ScannedDataset]) -> DuplicatePairs:
    """Return images across splits that look alike and are no exact copies."""
    found = []
    for (a, first), (b, second) in combinations(splits.items(), 2):
        pairs = near_pairs(
            compared_thumbs(first.probes), compared_thumbs(second.probes)
        )
        copied = np.isin(second.dataset.keys[pairs[:, 1]], first.dataset.keys)
        found.append((a, first, b, second, pairs[~copied]))
    return _listed(found)


def find_conflicts(splits: Mapping[str, ScannedDataset]) -> tuple[tuple[str, ...], ...]:
    """Return the names of each image that stands under several labels."""
    keys = np.concatenate([split.dataset.keys for split in splits.values()])
    targets = np.concatenate([split.dataset.targets for split in splits.values()])
    names = [n for split in splits.values() for n in split.dataset.names]
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order])) + 1
    groups = [g for g in np.split(order, starts) if len(g) > 1]
    return tuple(
        tuple(names[i] for i in group)
        for group in groups
        if not all(_same(targets[i], targets[group[0]]) for i in group[1:])
    )


def _same(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> bool:
    return np.array_equal(first, second, equal_nan=first.dtype.kind == "f")


def count_repeated(splits: Mapping[str, ScannedDataset]) -> int:
    """Return how many images repeat another one of their own split."""
    return sum(
        len(split.dataset) - len(np.unique(split.dataset.keys))
        for split in splits.values()
    )


def count_modes(splits: Mapping[str, ScannedDataset]) -> dict[str, int]:
    """Return images per stored mode, the most frequent first."""
    counts = Counter(p.mode for split in splits.values() for p in split.probes)
    return dict(counts.most_common())


def compared_thumbs(probes: Sequence[Probe]) -> Thumbs:
    """Stack the thumbnails; those of tiny images are blank and so never near."""
    cells = stack_thumbs([probe.thumb for probe in probes])
    large = np.array([min(p.height, p.width) >= MIN_COMPARED_SIDE for p in probes])
    return np.where(large.reshape(-1, 1), cells, np.uint8(0))


def _listed(
    found: list[tuple[str, ScannedDataset, str, ScannedDataset, npt.NDArray[np.int64]]],
) -> DuplicatePairs:
    pairs = [
        ImagePair(a, first.dataset.names[i], b, second.dataset.names[j])
        for a, first, b, second, rows in found
        for i, j in rows[:MAX_LISTED].tolist()
    ]
    return DuplicatePairs(
        sum(len(rows) for *_, rows in found), tuple(pairs[:MAX_LISTED])
    )
