"""A source as read from its place, before anything is decided or decoded.

Source: none; types.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError
from trainwell.data._class_targets import CLASSES
from trainwell.data._encoded import ImageFile
from trainwell.data._targets import TargetReader
from trainwell.data._white_level import Pixels

FLAT = "all"
"""The name of the only part of a source that states no splits."""

SPLITS = ("train", "val", "test")

SPELLINGS = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}


@dataclass(frozen=True, slots=True)
class BadImage:
    """A file, or a row of a table, that could not be used, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class FileSplit:
    """Image files with their labels, and their groups where these are known."""

    paths: list[ImageFile]
    labels: list[Any]
    groups: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ArraySplit:
    """Decoded images, n x h x w x c, with their labels."""

    images: Pixels
    labels: list[Any]


@dataclass(frozen=True)
class ListSplit:
    """Decoded images of any sizes, height x width x c, with their labels."""

    images: list[Pixels]
    labels: list[Any]


Split = FileSplit | ArraySplit | ListSplit


@dataclass(frozen=True)
class Source:
    """The images of a source by split, and what it says about itself.

    Attributes:
        name: Name of the source in messages.
        root: The folder that names are relative to.
        splits: Images by split: "train", "val", "test", or only "all".
        classes: Names of classes, or of what else is predicted, where the source
            states them and their order; else None.
        ignored: Files that are no images by their extension.
        mirror: Whether a left-right flip keeps the class; None where unknown.
        notes: Messages to the user about how it was read.
        bad: What was not usable when it was read, such as rows that lack a value.
        reader: What its labels mean.
    """

    name: str
    root: Path
    splits: dict[str, Split]
    classes: tuple[str, ...] | None = None
    ignored: tuple[str, ...] = ()
    mirror: bool | None = None
    notes: tuple[str, ...] = ()
    bad: tuple[BadImage, ...] = ()
    reader: TargetReader = CLASSES

    def ordered(self) -> list[tuple[str, Split]]:
        """Return the splits in the order train, val, test, however they were found."""
        order = (FLAT, *SPLITS)
        return sorted(self.splits.items(), key=lambda item: order.index(item[0]))

    def explained(self) -> str:
        """Return the notes for the end of an error: they often tell the cause."""
        return "".join(f" {note}" for note in self.notes)

    def only(self, splits: dict[str, Split]) -> "Source":
        """Return the source with these splits alone."""
        return replace(self, splits=splits)


def split_name(name: str, where: str) -> str:
    """Return train, val or test for any of their usual spellings."""
    found = SPELLINGS.get(name.strip().lower())
    if found is None:
        raise DataError(
            f"{where}: split must be train, val or test; got {name.strip()!r}."
        )
    return found
