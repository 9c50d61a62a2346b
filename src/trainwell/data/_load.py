"""Load a source of labelled images: read, scan, check, split and summarise it.

Source: none; the modules it calls name theirs.
"""

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data._audit_warnings import make_audit
from trainwell.data._classes import class_order
from trainwell.data._cut import Cut, cut, limit_train
from trainwell.data._extra import scan_extra, with_extra
from trainwell.data._indices import evenly_spaced_indices
from trainwell.data._read import SourceLike, read_source
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._scan_source import scan_source, stop_at_bad
from trainwell.data._scanned_split import common_channels
from trainwell.data._shared_groups import shared_groups
from trainwell.data._source import FLAT, Source
from trainwell.data._splits import Splits, size_range, some_thumbs
from trainwell.data._subset import subset
from trainwell.data._types import Dataset
from trainwell.data._white_level import Levels, about_level, white_level

_WATCHED = 1000  # training images
_NOT_HELD_OUT = (
    "No image is held out to validate on: all that are not for the test are trained "
    "on, the last weights are kept, and the accuracy shown is that of training images."
)


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
    reading: Reading = AS_FOUND,
    split: str = "content",
    folds: int | None = None,
    fold: int = 0,
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
        channels: 1 for grey, 3 for colour, others where every image has as many. None:
            1 if every image is grey, else 3, or the number of bands if all have more.
            Arrays keep theirs.
        extra: A source of further training images, of classes that the first has.
            If it states splits, only its training images are taken.
        reading: Columns, folders, patterns and classes, where the source leaves them
            open.
        split: "content": each image's own content decides its side, so that images
            that are added move none; "stratified": the fraction of every class is
            exact to one image.
        folds: Cut what is not for testing into so many parts, one of which is
            validated on.
        fold: Which of them, from 0.
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
    how = Cut(seed, val_fraction, test_fraction, split, folds, fold)
    how.check()
    checks.one_of("bad_images", bad_images, ("stop", "skip"))
    read = read_source(source, progress, reading)
    stop_at_bad(read.bad, bad_images, read)
    classes = _classes_of(read)
    scanned, bad = scan_source(read, bad_images, progress)
    more = None
    if extra is not None:
        more, worse = scan_extra(
            extra, read.reader, classes, bad_images, progress, reading.relaxed()
        )
        bad += worse
    channels = channels or common_channels(list(scanned.values()))
    parts = cut(scanned, classes, how, read.reader)
    if per_class is not None:
        _refuse_without_classes(read)
        parts["train"] = limit_train(parts["train"], classes, seed, per_class)
    unheld = () if "val" in parts else (_NOT_HELD_OUT,)
    peaks = [*parts["train"].peaks(), *(more.peaks() if more else ())]
    if reading.bits > 8 and reading.strict and not any(peaks):
        raise DataError(
            f"`data.bits`={reading.bits} changes nothing: no training image of "
            f"{read.name} has 16 bits. Leave it out."
        )
    levels = Levels(white_level(peaks), reading.bits)
    splits = {
        name: part.dataset(
            read.reader.targets(part.labels, classes, _where(read, name)),
            classes,
            channels,
            levels,
        )
        for name, part in parts.items()
    }
    read.reader.check(parts["train"].labels, classes, read.name)
    if more is not None:
        splits["train"] = with_extra(splits["train"], more, read.reader, levels)
    train = splits["train"].dataset
    val, test = splits.get("val"), splits.get("test")
    notes = (*about_level(levels, peaks), *unheld)
    groups = {name: part.groups for name, part in parts.items()}
    return Splits(
        train=train,
        val=val.dataset if val else _watched(train),
        test=test.dataset if test else None,
        audit=make_audit(read, splits, bad, notes, shared_groups(groups)),
        classes=classes,
        channels=train.channels,
        heights=size_range(train.sizes[:, 0]),
        widths=size_range(train.sizes[:, 1]),
        mirror=read.mirror,
        stated=tuple(name for name in scanned if name != FLAT),
        levels=levels,
        held_out=val is not None,
        reader=read.reader,
        train_thumbs=some_thumbs(splits["train"].probes),
    )


def _watched(train: Dataset) -> Dataset:
    """Return some training images, where none are held out to validate on."""
    return subset(train, evenly_spaced_indices(len(train), _WATCHED))


def _classes_of(read: Source) -> tuple[str, ...]:
    """Return the names of training; those of other splits must be among them."""
    part = read.splits.get("train") or read.splits.get(FLAT)
    if part is None:
        raise DataError(
            f"{read.name} has no training images{_instead(read)}.{read.explained()}"
        )
    reader = read.reader
    classes = read.classes or reader.names(part.labels)
    try:
        reader.check(part.labels, classes, read.name)
    except DataError as error:
        raise DataError(f"{error}{read.explained()}") from None
    for name, other in read.ordered():
        reader.targets(other.labels, classes, _where(read, name))
    return classes


def _instead(read: Source) -> str:
    """Return what a source without training images has."""
    if not read.splits:
        return ""
    held = class_order(str(x) for part in read.splits.values() for x in part.labels)
    more = f" and {len(held) - 3} more classes" if len(held) > 3 else ""
    return (
        f", only {', '.join(read.splits)} with {', '.join(held[:3])}{more}; call those "
        "to train on train"
    )


def _where(read: Source, split: str) -> str:
    return read.name if split == FLAT else f"{read.name}, {split}"


def _refuse_without_classes(read: Source) -> None:
    if not read.reader.has_classes:
        raise DataError(
            f"`per_class` (data.per_class) limits the images of classes, and the task "
            f"of {read.name} is {read.reader.name}. Leave it out."
        )
