"""Load a source of labelled images: read, scan, check, split and summarise it.

Source: none; the modules it calls name theirs.
"""

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data._audit import ScannedDataset
from trainwell.data._audit_warnings import make_audit
from trainwell.data._classes import class_order, match_classes
from trainwell.data._cut import check_fractions, cut, limit_train
from trainwell.data._extra import scan_extra, with_extra
from trainwell.data._read import SourceLike, read_source
from trainwell.data._scan_source import scan_source
from trainwell.data._scanned_split import common_channels
from trainwell.data._source import FLAT, Source
from trainwell.data._splits import Splits, size_range, some_thumbs
from trainwell.data._white_level import about_level, white_level


def load(  # noqa: PLR0913
    source: SourceLike,
    *,
    seed: int = 0,
    val_fraction: float = 0.1,
    test_fraction: float = 0.2,
    per_class: int | None = None,
    bad_images: str = "stop",
    channels: int | None = None,
    extra: SourceLike | None = None,
    progress: Progress = silent,
) -> Splits:
    """Load labelled images and their splits.

    Args:
        source: A folder with a folder per class, or with train, val and test folders
            of such; a CSV or Parquet file with columns path, target and perhaps
            split; an NPZ file; a folder of IDX files; the name of a built-in set
            ("./digits" is a folder, "digits" the set); `(images, targets)`; a torch
            `Dataset` of pairs (image, label); a Hugging Face dataset with the columns
            image and label; a data frame with a column of paths and one of labels; or
            a mapping from split to arrays or datasets.
        seed: Decides, with the content of each image, which side it is cut to.
        val_fraction: Fraction held out for validation where the source has no such
            split.
        test_fraction: Fraction held out for testing where the source states no splits
            at all.
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

    Example:
        >>> from trainwell.data import load
        >>> load("digits")
        Splits(train=1283, val=167, test=347, classes=10)
        >>> images = np.random.default_rng(0).integers(0, 256, (40, 8, 8, 3), np.uint8)
        >>> load((images, np.arange(40) % 2), seed=1).classes
        ('0', '1')
    """
    check_fractions(val_fraction, test_fraction)
    read = read_source(source, progress)
    classes = _classes_of(read)
    scanned, bad = scan_source(read, bad_images, progress)
    more = None
    if extra is not None:
        more, worse = scan_extra(extra, classes, bad_images, progress)
        bad += worse
    channels = channels or common_channels(list(scanned.values()))
    parts = cut(scanned, classes, seed, val_fraction, test_fraction)
    if per_class is not None:
        parts["train"] = limit_train(parts["train"], classes, seed, per_class)
    peaks = [*parts["train"].peaks(), *(more.peaks() if more else ())]
    level = white_level(peaks)
    splits = {
        name: part.dataset(
            match_classes(part.labels, classes, _where(read, name)),
            classes,
            channels,
            level,
        )
        for name, part in parts.items()
    }
    _check_training(splits["train"], read.name)
    if more is not None:
        splits["train"] = with_extra(splits["train"], more, level)
    train = splits["train"].dataset
    test = splits.get("test")
    return Splits(
        train=train,
        val=splits["val"].dataset,
        test=test.dataset if test else None,
        audit=make_audit(read, splits, bad, about_level(level, peaks)),
        classes=classes,
        channels=train.channels,
        heights=size_range(train.sizes[:, 0]),
        widths=size_range(train.sizes[:, 1]),
        mirror=read.mirror,
        stated=tuple(name for name in scanned if name != FLAT),
        white_level=level,
        train_thumbs=some_thumbs(splits["train"].probes),
    )


def _classes_of(read: Source) -> tuple[str, ...]:
    """Return the classes of training; those of other splits must be among them."""
    part = read.splits.get("train") or read.splits.get(FLAT)
    if part is None:
        raise DataError(
            f"{read.name} has no training images{_instead(read)}.{read.explained()}"
        )
    classes = read.classes or class_order(part.labels)
    if len(set(part.labels)) < 2:
        found = f"only the class {part.labels[0]!r}" if part.labels else "no images"
        raise DataError(
            f"{read.name} has {found} to train on; training needs two classes or "
            f"more.{read.explained()}"
        )
    for name, other in read.ordered():
        match_classes(other.labels, classes, _where(read, name))
    return classes


def _instead(read: Source) -> str:
    """Return what a source without training images has."""
    if not read.splits:
        return ""
    held = class_order(x for part in read.splits.values() for x in part.labels)
    more = f" and {len(held) - 3} more classes" if len(held) > 3 else ""
    return (
        f", only {', '.join(read.splits)} with {', '.join(held[:3])}{more}; call those "
        "to train on train"
    )


def _where(read: Source, split: str) -> str:
    return read.name if split == FLAT else f"{read.name}, {split}"


def _check_training(train: ScannedDataset, name: str) -> None:
    if len(np.unique(train.dataset.targets)) < 2:
        raise DataError(f"{name} has usable training images of fewer than two classes.")
