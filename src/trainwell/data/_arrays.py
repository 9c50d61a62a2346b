"""Images and targets given as arrays, in memory or out of an NPZ file.

Source: none; plumbing.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._array_dataset import checked_images
from trainwell.data._class_targets import CLASSES
from trainwell.data._classes import class_name
from trainwell.data._source import (
    FLAT,
    ArraySplit,
    Source,
    Split,
    split_name,
)
from trainwell.data._targets import TargetReader, reader_of, usual_reader

Arrays = tuple[npt.ArrayLike, npt.ArrayLike]


def read_arrays(
    source: Arrays | Mapping[str, Arrays],
    *,
    name: str = "the arrays",
    classes: Sequence[str] | None = None,
    readers: tuple[TargetReader, ...] = (CLASSES,),
) -> Source:
    """Return `(images, targets)`, or a mapping from split to such, as a source.

    Integer targets index into `classes` where it is given and otherwise are the class
    names themselves, so that 0, 1, ..., 10 keep their order. What is no class, such as
    fractions or several columns, is read by the first reader that takes it.
    """
    pairs = dict(source) if isinstance(source, Mapping) else {FLAT: source}
    splits: dict[str, Split] = {}
    for key, pair in pairs.items():
        split = key if key == FLAT else split_name(str(key), name)
        where = name if key == FLAT else f"{name}, {split}"
        if split in splits:
            raise DataError(f"{name} has the split {split} twice; keep one.")
        if not isinstance(pair, Sequence) or len(pair) != 2:
            raise DataError(f"{where}: give a pair (images, targets).")
        images = checked_images(np.asarray(pair[0]), where)
        cells = _cells(pair[1], len(images))
        reader = reader_of(cells, readers) if cells else usual_reader(readers)
        if reader is CLASSES:
            labels = _labels(pair[1], len(images), classes, where)
        else:
            found = reader.labels(cells, partial("{}, row {}".format, where))
            labels, classes = found.labels, classes or found.names
        splits[split] = ArraySplit(images, labels)
    if not splits:
        raise DataError(f"{name} has no images.")
    named = tuple(class_name(c) for c in classes) if classes is not None else None
    if named and len(set(named)) < len(named):
        raise DataError(f"{name}: two classes have the same name.")
    return Source(name, Path(), splits, classes=named, reader=reader)


def _cells(targets: npt.ArrayLike, count: int) -> dict[str, Any]:
    """Return the columns of targets; none where there is not a row per image."""
    try:
        values = np.asarray(targets)
    except ValueError:  # lists of several lengths
        values = np.empty(len(targets), object)  # type: ignore[arg-type]
        values[:] = targets
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.shape == (count,):
        return {"target": values.tolist()}
    if values.ndim == 2 and len(values) == count:
        return {f"target_{i}": column.tolist() for i, column in enumerate(values.T)}
    return {}


def _labels(
    targets: npt.ArrayLike, count: int, classes: Sequence[str] | None, where: str
) -> list[str]:
    values = np.asarray(targets)
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.shape != (count,):
        raise DataError(
            f"{where}: {count} images need as many targets, got an array of shape "
            f"{values.shape}."
        )
    if values.dtype.kind == "U" or all(isinstance(v, str) for v in values.tolist()):
        return [class_name(v) for v in values.tolist()]
    if values.dtype.kind not in "iub":
        raise DataError(
            f"{where}: targets must be integers or text, got {values.dtype}."
        )
    numbers = values.astype(np.int64)
    if classes is None:
        return [str(v) for v in numbers.tolist()]
    if count and not 0 <= numbers.min() <= numbers.max() < len(classes):
        raise DataError(
            f"{where}: targets must be in [0, {len(classes) - 1}] for {len(classes)} "
            f"classes, got {numbers.min()} to {numbers.max()}."
        )
    names = [class_name(c) for c in classes]
    return [names[v] for v in numbers.tolist()]
