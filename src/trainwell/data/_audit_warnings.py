"""Warn about what deserves attention in the data, and assemble the audit.

Source: none; the thresholds are ours, see `core.limits`.
"""

from collections.abc import Mapping

import numpy as np

from trainwell.core.limits import MAX_IMBALANCE, MIN_PER_CLASS
from trainwell.core.plural import plural
from trainwell.data import _audit
from trainwell.data._audit import MAX_LISTED, Audit, DuplicatePairs, ScannedDataset
from trainwell.data._scan import BadImage
from trainwell.data._shared_groups import SharedGroups
from trainwell.data._source import Source


def make_audit(
    source: Source,
    splits: Mapping[str, ScannedDataset],
    bad: tuple[BadImage, ...],
    extra_notes: tuple[str, ...] = (),
    groups: SharedGroups | None = None,
) -> Audit:
    """Return the audit of the splits; the extra notes follow those of the source."""
    notes = (*source.notes, *extra_notes)
    sizes = np.concatenate([split.dataset.sizes for split in splits.values()])
    reader = source.reader
    counts = {
        s: reader.counts(split.dataset.targets, split.dataset.classes)
        for s, split in splits.items()
    }
    exact, near = _audit.find_exact(splits), _audit.find_near(splits)
    conflicts = _audit.find_conflicts(splits)
    repeated = _audit.count_repeated(splits)
    present = [n for n in counts["train"].values() if n]
    imbalance = max(present) / min(present) if reader.has_classes else 1.0
    warnings = (
        *about_unread(source, bad),
        *extra_notes,
        *(_about_classes(counts, imbalance) if reader.has_classes else ()),
        *_about_copies(exact, near, repeated),
        *_about_conflicts(conflicts),
        *_about_groups(groups),
    )
    return Audit(
        source=source.name,
        counts=counts,
        heights=(int(sizes[:, 0].min()), int(sizes[:, 0].max())),
        widths=(int(sizes[:, 1].min()), int(sizes[:, 1].max())),
        modes=_audit.count_modes(splits),
        bad_images=bad,
        ignored=source.ignored[:MAX_LISTED],
        num_ignored=len(source.ignored),
        exact_duplicates=exact,
        near_duplicates=near,
        repeated=repeated,
        label_conflicts=conflicts[:MAX_LISTED],
        num_label_conflicts=len(conflicts),
        imbalance=imbalance,
        notes=notes,
        warnings=warnings,
        groups=groups,
    )


def about_unread(source: Source, bad: tuple[BadImage, ...]) -> tuple[str, ...]:
    """Say how a source was read, and what of it was not."""
    warnings, ignored = list(source.notes), source.ignored
    if bad:
        warnings.append(
            f"{_many(len(bad), 'bad image')} left out, first {bad[0].path}: "
            f"{bad[0].reason}."
        )
    if ignored:
        warnings.append(
            f"{_many(len(ignored), 'file')} ignored, not an image by name, "
            f"first {ignored[0]}."
        )
    return tuple(warnings)


def about_lacking(split: str, per_class: Mapping[str, int]) -> list[str]:
    """Name the classes of which a split has no image."""
    lacking = [name for name, count in per_class.items() if not count]
    return [f"{split} has no image of {_named(lacking)}."] if lacking else []


def _about_classes(counts: dict[str, dict[str, int]], imbalance: float) -> list[str]:
    warnings = []
    for split, per_class in counts.items():
        warnings += about_lacking(split, per_class)
    small = [n for n, count in counts["train"].items() if 0 < count < MIN_PER_CLASS]
    if small:
        warnings.append(
            f"Fewer than {MIN_PER_CLASS} training images of {_named(small)}."
        )
    if imbalance >= MAX_IMBALANCE:
        warnings.append(
            f"The largest class has {imbalance:.1f} times the training images of the "
            "smallest."
        )
    return warnings


def _about_copies(
    exact: DuplicatePairs, near: DuplicatePairs, repeated: int
) -> list[str]:
    warnings = []
    if exact.count:
        pair = exact.pairs[0]
        warnings.append(
            f"{_many(exact.count, 'exact duplicate')} across splits; scores on them "
            f"are inflated. First: {pair.second} is {pair.first}."
        )
    if near.count:
        pair = near.pairs[0]
        warnings.append(
            f"{_many(near.count, 'possible near duplicate')} across splits, by "
            f"thumbnail. First: {pair.second} and {pair.first}."
        )
    if repeated:
        warnings.append(
            f"{_many(repeated, 'repetition')} of an image in its own split."
        )
    return warnings


def _about_conflicts(conflicts: tuple[tuple[str, ...], ...]) -> list[str]:
    if not conflicts:
        return []
    return [
        f"{_many(len(conflicts), 'image')} under several labels. First: "
        f"{' and '.join(conflicts[0][:3])}."
    ]


def _about_groups(groups: SharedGroups | None) -> list[str]:
    if groups is None or not groups.count:
        return []
    name, splits = groups.first[0]
    return [
        f"{_many(groups.count, 'group')} of images in several splits, with "
        f"{_many(groups.images, 'image')} of the later ones; scores on them are "
        f"inflated. First: {name!r} in {' and '.join(splits)}."
    ]


def _many(count: int, what: str) -> str:
    return f"{count:,} {plural(count, what)}"


def _named(names: list[str]) -> str:
    more = f" and {len(names) - 5} more classes" if len(names) > 5 else ""
    return ", ".join(repr(name) for name in names[:5]) + more
