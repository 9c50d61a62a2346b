"""List folders; one that cannot be listed is an error, never an empty one.

Hidden folders are left out, and those that systems add: `__MACOSX`, `@eaDir` and so on.

Source: none; plumbing.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._classes import natural_key
from trainwell.data._pillow import extensions

_ADDED = {
    "#recycle",
    "$RECYCLE.BIN",
    "@eaDir",
    "System Volume Information",
    "__MACOSX",
    "lost+found",
}


@dataclass(frozen=True)
class Listing:
    """What lies directly in a folder, in natural order.

    Attributes:
        folders: Its folders, and links to folders.
        files: Everything else.
    """

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    @property
    def images(self) -> tuple[Path, ...]:
        """The files that claim to be images."""
        return tuple(path for path in self.files if is_image_name(path.name))


def list_folder(folder: Path) -> Listing:
    """List a folder.

    Raises:
        DataError: It cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.is_dir()) for entry in entries]
    except OSError as error:
        raise DataError(_unreadable(folder, error)) from None
    found.sort(key=lambda entry: natural_key(entry[0]))
    return Listing(
        tuple(folder / n for n, inner in found if inner and not _is_hidden(n)),
        tuple(folder / name for name, inner in found if not inner),
    )


def subfolders(folder: Path) -> tuple[Path, ...]:
    """Return the folders in a folder, without a look at its files.

    Raises:
        DataError: It cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir()]
    except OSError as error:
        raise DataError(_unreadable(folder, error)) from None
    shown = sorted((n for n in names if not _is_hidden(n)), key=natural_key)
    return tuple(folder / name for name in shown)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder in natural order; links are followed once.

    Raises:
        DataError: A folder cannot be listed.
    """
    yield from _files_below(folder, set())


def images_below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that claim to be images."""
    return (path for path in files_below(folder) if is_image_name(path.name))


def is_image_name(name: str) -> bool:
    """Tell by its extension whether a file claims to be an image."""
    return not name.startswith(".") and Path(name).suffix.lower() in extensions()


def _files_below(folder: Path, listed: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in listed:
        return
    listed.add(real)
    listing = list_folder(folder)
    yield from listing.files
    for inner in listing.folders:
        yield from _files_below(inner, listed)


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name in _ADDED


def _unreadable(folder: Path, error: OSError) -> str:
    return (
        f"cannot read {folder}: {(error.strerror or str(error)).lower()}. Allow it, or "
        "take the folder out."
    )
