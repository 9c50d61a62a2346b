"""Extra training images from another source, never to validate or to test on.

Source: none; plumbing.
"""

from dataclasses import replace

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data._audit import Looked
from trainwell.data._classes import match_classes
from trainwell.data._joined import Joined
from trainwell.data._read import Given, read_source
from trainwell.data._scan import BadImage
from trainwell.data._see import see
from trainwell.data._source import FLAT, Source


def read_extra(given: Given, classes: tuple[str, ...], progress: Progress) -> Source:
    """Return the training part of a source, or all of one that has no splits.

    Raises:
        DataError: If it has none, or a class that is not among `classes`.
    """
    read = read_source(given, progress)
    name = f"{read.name} (data.extra)"
    parts = {s: p for s, p in read.parts.items() if s in (FLAT, "train")}
    if not parts:
        raise DataError(f"{name} has no training images.")
    for part in parts.values():
        match_classes(part.labels, classes, name)
    return replace(read, name=name, parts=parts)


def with_extra(
    train: Looked, extra: Source, bad_images: str, progress: Progress
) -> tuple[Looked, tuple[BadImage, ...]]:
    """Return the training images with the extra ones behind them."""
    seen, bad = see(extra, bad_images, progress)
    (part,) = seen.values()
    targets = match_classes(part.labels, train.dataset.classes, extra.name)
    part = replace(part, names=[f"extra/{name}" for name in part.names])
    more = part.dataset(targets, train.dataset.classes, train.dataset.channels)
    joined = Joined(train.dataset, more.dataset)
    return Looked(joined, [*train.probes, *more.probes]), bad
