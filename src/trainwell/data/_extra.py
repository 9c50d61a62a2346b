"""Extra training images from another source, never to validate or to test on.

Source: none; plumbing.
"""

from dataclasses import replace

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._audit import ScannedDataset
from trainwell.data._concat import ConcatDataset
from trainwell.data._read import SourceLike, read_source
from trainwell.data._reading import Reading
from trainwell.data._scan import BadImage
from trainwell.data._scan_source import scan_source
from trainwell.data._scanned_split import ScannedSplit
from trainwell.data._source import FLAT
from trainwell.data._targets import TargetReader
from trainwell.data._white_level import Levels


def scan_extra(
    source: SourceLike,
    reader: TargetReader,
    classes: tuple[str, ...],
    bad_images: str,
    progress: Progress,
    reading: Reading,
) -> tuple[ScannedSplit, tuple[BadImage, ...]]:
    """Scan the training split of a source, or all of one that has no splits.

    Raises:
        DataError: If it has none, or a class that is not among `classes`.
    """
    reading = replace(reading, readers=(reader,))
    read = read_source(source, progress, reading)
    name = f"{read.name} (data.extra)"
    splits = {s: p for s, p in read.splits.items() if s in (FLAT, "train")}
    if not splits:
        raise DataError(f"{name} has no training images.")
    for found in splits.values():
        reader.targets(found.labels, classes, name)
    extra = replace(read, name=name, splits=splits)
    scanned, bad = scan_source(extra, bad_images, progress)
    (part,) = scanned.values()
    return replace(part, names=[f"extra/{name}" for name in part.names]), bad


def with_extra(
    train: ScannedDataset, extra: ScannedSplit, reader: TargetReader, levels: Levels
) -> ScannedDataset:
    """Return the training images followed by the extra ones."""
    first = train.dataset
    targets = reader.targets(extra.labels, first.classes, "data.extra")
    more = extra.dataset(targets, first.classes, first.channels, levels)
    joined = ConcatDataset(first, more.dataset)
    return ScannedDataset(joined, [*train.probes, *more.probes])
