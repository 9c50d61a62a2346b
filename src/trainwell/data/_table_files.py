"""Where the images of a table lie.

Source: none; plumbing.
"""

import glob
import os
from collections.abc import Sequence
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._encoded import ImageFile
from trainwell.data._listing import is_image_name, subfolders
from trainwell.data._reading import Reading

_LOOKED_AT = 3


def image_folder(root: Path, reading: Reading) -> Path:
    """Return the folder that paths are relative to.

    Raises:
        DataError: It is given and is no folder.
    """
    if reading.image_folder is None:
        return root
    given = Path(reading.image_folder).expanduser()
    found = next((path for path in (root / given, given) if path.is_dir()), None)
    if found is None and not reading.binds("image_folder"):
        return root
    if found is None:
        raise DataError(
            f"no such folder: {root / given} (data.image_folder, relative to the "
            "table)."
        )
    return found


def with_suffix(name: str, reading: Reading) -> str:
    """Return the name of a file; an id gets the ending that was given."""
    suffix = reading.image_suffix
    if not suffix:
        return name
    suffix = suffix if suffix.startswith((".", "_", "-")) else f".{suffix}"
    return name if name.lower().endswith(suffix.lower()) else name + suffix


def about_lost(paths: Sequence[ImageFile], folder: Path) -> tuple[str, ...]:
    """Return how to find the images, where the first are not there."""
    first = [path for path in paths[:_LOOKED_AT] if isinstance(path, Path)]
    if not first or any(os.path.exists(path) for path in first):
        return ()
    found = _elsewhere(first[0].name, folder)
    if found is None:
        return (
            "The images are not where the table says: give their folder by "
            "data.image_folder, and the ending of ids by data.image_suffix=.jpg.",
        )
    options = []
    if found.parent != folder:
        options.append(f"data.image_folder={found.parent.relative_to(folder)}")
    if found.name != first[0].name:
        options.append(f"data.image_suffix={found.name[len(first[0].name) :]}")
    return (f"{found} is there: add {' '.join(options)}.",)


def _elsewhere(name: str, folder: Path) -> Path | None:
    """Return an image of that name, or with an ending more, near the table."""
    if not folder.is_dir():
        return None
    for place in (folder, *subfolders(folder)):
        for path in sorted(place.glob(f"{glob.escape(name)}*")):
            if path.name == name or is_image_name(path.name):
                return path
    return None
