"""Load a source of labelled images: read, look at every image, check, cut, describe.

Source: none; the parts name theirs.
"""

import numpy as np

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data import _split
from trainwell.data._audit import Looked
from trainwell.data._audit_words import make_audit
from trainwell.data._classes import class_order, match_classes
from trainwell.data._extra import read_extra, with_extra
from trainwell.data._read import Given, read_source
from trainwell.data._see import see
from trainwell.data._seen import Seen, common_channels
from trainwell.data._source import FLAT, Source
from trainwell.data._splits import Splits, spread


def load(  # noqa: PLR0913
    source: Given,
    *,
    seed: int = 0,
    val_share: float = 0.1,
    test_share: float = 0.2,
    per_class: int | None = None,
    bad_images: str = "stop",
    channels: int | None = None,
    extra: Given | None = None,
    progress: Progress = silent,
) -> Splits:
    """Load labelled images and their splits.

    Args:
        source: A folder with a folder per class, or with train, val and test folders
            of such; a CSV or Parquet file with columns path, target and perhaps
            split; an NPZ file; a folder of IDX files; the name of a built-in set
            ("./digits" is a folder, "digits" the set); `(images, targets)`; or a
            mapping from split to `(images, targets)`.
        seed: Decides, with the content of each image, which side it is cut to.
        val_share: Share cut for validation where the source has no such split.
        test_share: Share cut for testing where the source states no splits at all.
        per_class: Training images taken of every class at most; None takes all. The
            other splits stay whole.
        bad_images: "stop" at a file that cannot be used, or "skip" and list it.
        channels: 1 or 3; None: 1 if every image is grey, else 3. Arrays keep theirs.
        extra: A source of further training images, of classes that the first has.
            If it states splits, only its training images are taken.
        progress: Shows the reading.

    Classes are those of the training images, in natural order (img2 before img10)
    unless the source states an order. Other splits are matched to them by name.

    Raises:
        DataError: The source is missing, empty, of one class, damaged, or has a
            class outside training.
    """
    _check_shares(val_share, test_share)
    read = read_source(source, progress)
    classes = _classes_of(read)
    more = None if extra is None else read_extra(extra, classes, progress)
    seen, bad = see(read, bad_images, progress)
    channels = channels or common_channels(list(seen.values()))
    parts = _cut(seen, classes, seed, val_share, test_share)
    if per_class is not None:
        parts["train"] = _fewer(parts["train"], classes, seed, per_class)
    splits = {
        name: part.dataset(
            match_classes(part.labels, classes, _where(read, name)),
            classes,
            channels,
        )
        for name, part in parts.items()
    }
    _check_training(splits["train"], read.name)
    if more is not None:
        splits["train"], worse = with_extra(splits["train"], more, bad_images, progress)
        bad += worse
    train = splits["train"].dataset
    test = splits.get("test")
    return Splits(
        train=train,
        val=splits["val"].dataset,
        test=test.dataset if test else None,
        audit=make_audit(read, splits, bad),
        classes=classes,
        channels=train.channels,
        heights=spread(train.sizes[:, 0]),
        widths=spread(train.sizes[:, 1]),
        mirror=read.mirror,
    )


def _check_shares(val_share: float, test_share: float) -> None:
    checks.positive("val_share", val_share)
    checks.between("test_share", test_share, 0, 1)
    if val_share + test_share >= 1:
        raise DataError(
            "`val_share` + `test_share` must be below 1 to leave images to train on, "
            f"got {val_share} + {test_share}."
        )


def _classes_of(read: Source) -> tuple[str, ...]:
    """Return the classes of training; those of other splits must be among them."""
    part = read.parts.get("train") or read.parts.get(FLAT)
    if part is None:
        has = f", only {', '.join(read.parts)}" if read.parts else ""
        raise DataError(f"{read.name} has no training images{has}.")
    classes = read.classes or class_order(part.labels)
    if len(set(part.labels)) < 2:
        found = f"only the class {part.labels[0]!r}" if part.labels else "no images"
        raise DataError(
            f"{read.name} has {found} to train on; training needs two classes or more."
        )
    for name, other in read.ordered():
        match_classes(other.labels, classes, _where(read, name))
    return classes


def _where(read: Source, split: str) -> str:
    return read.name if split == FLAT else f"{read.name}, {split}"


def _cut(
    seen: dict[str, Seen],
    classes: tuple[str, ...],
    seed: int,
    val_share: float,
    test_share: float,
) -> dict[str, Seen]:
    """Return train, val and perhaps test, cut where the source leaves it to us."""
    if "val" in seen:
        return seen
    whole = seen.get(FLAT) or seen["train"]
    side = _split.cut(
        whole.keys(),
        match_classes(whole.labels, classes, "the training images"),
        seed=seed,
        val_share=val_share,
        test_share=test_share if FLAT in seen else 0.0,
    )
    parts = {
        "train": whole.take(np.flatnonzero(side == _split.TRAIN)),
        "val": whole.take(np.flatnonzero(side == _split.VAL)),
    }
    if "test" in seen:
        parts["test"] = seen["test"]
    elif (side == _split.TEST).any():
        parts["test"] = whole.take(np.flatnonzero(side == _split.TEST))
    return parts


def _fewer(train: Seen, classes: tuple[str, ...], seed: int, per_class: int) -> Seen:
    checks.positive("per_class", per_class)
    targets = match_classes(train.labels, classes, "the training images")
    return train.take(
        _split.fewer(train.keys(), targets, seed=seed, per_class=per_class)
    )


def _check_training(train: Looked, name: str) -> None:
    if len(np.unique(train.dataset.targets)) < 2:
        raise DataError(f"{name} has usable training images of fewer than two classes.")
