"""Find image files from what a user names: files, folders, and globs.

Source: none; plumbing.
"""

import glob
from collections.abc import Iterable
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.data._classes import natural_key
from trainwell.data._listing import files_below, is_image_name
from trainwell.data._unread import is_unread_picture


def find_images(paths: Iterable[str | Path]) -> list[Path]:
    """Return the image files that are meant, each once.

    A file is taken under any name; a folder gives the images anywhere below it, a
    glob ("photos/**/*.jpg") what it matches, both in natural order.

    Raises:
        DataError: One of the paths gives no image.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.data import find_images
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> for name in ("img10.png", "img2.png", "notes.txt"):
        ...     (folder / name).touch()
        >>> [path.name for path in find_images([folder])]
        ['img2.png', 'img10.png']
    """
    found: dict[Path, None] = {}
    for source in paths:
        if not str(source).strip():
            raise DataError("the path of an image is empty.")
        here = _images(expanded(source))
        if not here:
            raise DataError(f"no image found at {source}.")
        found.update(dict.fromkeys(here))
    return list(found)


def _images(path: Path) -> list[Path]:
    try:
        if path.is_file():
            return [path]
        if path.is_dir():
            return [file for file in files_below(path) if _is_picture(file.name)]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DataError(f"cannot read {path}: {reason}.") from None
    matches = sorted(glob.glob(str(path), recursive=True), key=natural_key)
    return [
        image
        for match in map(Path, matches)
        for image in (_images(match) if match.is_dir() else [match])
        if match.is_dir() or _is_picture(image.name)
    ]


def _is_picture(name: str) -> bool:
    """Tell whether it is an image by name, also one that reading will refuse."""
    return is_image_name(name) or is_unread_picture(name)
