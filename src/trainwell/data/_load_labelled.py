"""Load labelled images to evaluate a model with, matched to its classes by name.

Source: none; the modules it calls name theirs.
"""

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress, silent
from trainwell.data._read import SourceLike, read_source
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._scan_source import scan_source
from trainwell.data._scanned_split import ScannedSplit, common_channels, join
from trainwell.data._source import FLAT, BadImage, Source, Split, split_name
from trainwell.data._types import Dataset
from trainwell.data._white_level import AS_STORED, Levels


def load_labelled(  # noqa: PLR0913
    source: SourceLike,
    classes: tuple[str, ...],
    *,
    split: str | None = None,
    bad_images: str = "stop",
    channels: int | None = None,
    levels: Levels = AS_STORED,
    reading: Reading = AS_FOUND,
    progress: Progress = silent,
) -> Dataset:
    """Load labelled images to evaluate a model whose classes are given.

    Args:
        source: Source of images, as for `load`.
        classes: The model's class names; labels are matched to them by name.
        split: "train", "val" or "test", under any usual name; None takes test if
            there is one, else all.
        bad_images: Treatment of unusable files, as for `load`.
        channels: Number of channels, as for `load`.
        levels: What 16-bit values become.
        reading: As for `load`.
        progress: Shows the reading.

    Raises:
        DataError: As for `load`; or a label is not among `classes`.

    Example:
        >>> from trainwell.data import load_labelled
        >>> images = np.random.default_rng(0).integers(0, 256, (4, 8, 8, 3), np.uint8)
        >>> data = load_labelled((images, ["dog", "cat", "dog", "cat"]), ("cat", "dog"))
        >>> data.targets.tolist()
        [1, 0, 1, 0]
    """
    read = read_source(source, progress, reading)
    taken = choose_splits(read, split_name(split, "`split`") if split else None)
    found, _ = scan_labelled(read, taken, classes, bad_images, progress)
    targets = read.reader.targets(found.labels, classes, read.name)
    channels = channels or common_channels([found])
    return found.dataset(targets, tuple(classes), channels, levels).dataset


def choose_splits(
    read: Source, wanted: str | None, *, or_all: bool = False
) -> dict[str, Split]:
    """Return the split that is asked for; by default test if there is one, else all.

    Args:
        read: The source.
        wanted: train, val, test or None.
        or_all: Return everything where there is no such split.

    Raises:
        DataError: There is no such split.
    """
    if wanted is None and "test" in read.splits:
        wanted = "test"
    if wanted is None or (or_all and wanted not in read.splits):
        return dict(read.splits)
    if wanted not in read.splits:
        has = "no splits" if FLAT in read.splits else f"only {', '.join(read.splits)}"
        raise DataError(
            f"{read.name} has no split {wanted!r}; it has {has}.{read.explained()}"
        )
    return {wanted: read.splits[wanted]}


def scan_labelled(
    read: Source,
    taken: dict[str, Split],
    classes: tuple[str, ...],
    bad_images: str,
    progress: Progress,
) -> tuple[ScannedSplit, tuple[BadImage, ...]]:
    """Scan some splits of a source as one; their labels must be among `classes`.

    Returns:
        The images, and what was left out because it cannot be used.

    Raises:
        DataError: A label is not, or nothing can be used.
    """
    for part in taken.values():
        read.reader.targets(part.labels, classes, read.name)
    scanned, bad = scan_source(read.only(taken), bad_images, progress)
    return join(list(scanned.values())), bad
