"""Leave classes out, and merge some, by name.

Source: none; plumbing.
"""

from dataclasses import replace

import numpy as np

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.data._classes import class_name, class_order
from trainwell.data._reading import Reading
from trainwell.data._source import ArraySplit, FileSplit, ListSplit, Source, Split


def choose_classes(read: Source, reading: Reading) -> Source:
    """Return the source with the classes that `data.merge` and `data.classes` name.

    Raises:
        DataError: A name is not among its classes.
    """
    if reading.merge is None and reading.classes is None:
        return read
    if not read.reader.has_classes:
        key = "classes" if reading.merge is None else "merge"
        raise DataError(
            f"`data.{key}` names classes, and the task of {read.name} is "
            f"{read.reader.name}. Leave it out."
        )
    old = {label for part in read.splits.values() for label in part.labels}
    names = {name: name for name in (*(read.classes or ()), *class_order(old))}
    for new, merged in (reading.merge or {}).items():
        _check(merged, names, "data.merge", reading)
        names |= {class_name(name): class_name(new) for name in merged}
    kept = set(names.values())
    if reading.classes is not None:
        _check(reading.classes, kept, "data.classes", reading)
        kept &= set(map(class_name, reading.classes))
    splits = {s: _with_names(part, names, kept) for s, part in read.splits.items()}
    left = [name for name in class_order(names.values()) if name not in kept]
    lost = sum(len(part.labels) for part in read.splits.values())
    lost -= sum(len(part.labels) for part in splits.values())
    stated = dict.fromkeys(names[c] for c in read.classes or () if names[c] in kept)
    return replace(
        read,
        splits=splits,
        classes=tuple(stated) if read.classes else None,
        notes=(*read.notes, *_about(left, lost)),
    )


def _check(
    wanted: tuple[str, ...],
    known: dict[str, str] | set[str],
    key: str,
    reading: Reading,
) -> None:
    for name in map(class_name, wanted):
        if name not in known and reading.strict:
            raise DataError(
                f"`{key}` names {name!r}, which is no class of the data."
                f"{did_you_mean(name, known)}"
            )


def _with_names(part: Split, names: dict[str, str], kept: set[str]) -> Split:
    rows = [i for i, label in enumerate(part.labels) if names[label] in kept]
    labels = [names[part.labels[i]] for i in rows]
    if isinstance(part, FileSplit):
        groups = [part.groups[i] for i in rows] if part.groups else []
        return FileSplit([part.paths[i] for i in rows], labels, groups)
    if isinstance(part, ListSplit):
        return ListSplit([part.images[i] for i in rows], labels)
    return ArraySplit(part.images[np.array(rows, np.int64)], labels)


def _about(left: list[str], lost: int) -> tuple[str, ...]:
    if not left:
        return ()
    shown = ", ".join(left[:5]) + (f" and {len(left) - 5} more" if left[5:] else "")
    return (f"Left out by data.classes: {shown} ({lost:,} {plural(lost, 'image')}).",)
