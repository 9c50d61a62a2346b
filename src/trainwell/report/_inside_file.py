"""Read what a run kept of the inside of its network; see `runs.training._inside`."""

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import RunError
from trainwell.core.files import open_regular

Arrays = dict[str, npt.NDArray[Any]]
_KINDS = {
    "filters": (4, "f"),
    "maps": (3, "f"),
    "places": (2, "f"),
    "right": (1, "b"),
    "near_rows": (1, "i"),
    "near_images": (5, "u"),
    "near_distances": (2, "f"),
    "near_captions": (2, "U"),
}
"""Axes and kind of the values of each array."""
_TOGETHER = [{"places", "right"}, {n for n in _KINDS if n.startswith("near")}]


def read_inside(path: Path, images: npt.NDArray[np.uint8]) -> Arrays:
    """Return the arrays; none of a run that kept nothing.

    Args:
        path: The file.
        images: The examples, (m, height, width, channels).

    Raises:
        RunError: If it is damaged, or does not fit the examples.
    """
    if not path.exists():
        return {}
    try:
        with open_regular(path) as stream, np.load(stream, allow_pickle=False) as file:
            found = dict(file)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _unreadable(path, error) from error
    if not _fit(found, images):
        raise _unreadable(path, "its arrays do not fit the examples")
    return found


def _fit(found: Arrays, images: npt.NDArray[np.uint8]) -> bool:
    known = all(
        name in _KINDS and (array.ndim, array.dtype.kind) == _KINDS[name]
        for name, array in found.items()
    )
    whole = all(not names & {*found} or names <= {*found} for names in _TOGETHER)
    if not known or not whole:
        return False
    fits = []
    if "maps" in found:
        maps = found["maps"]
        fits += [maps.shape[1:] == images.shape[1:3], len(maps) <= len(images)]
    if "places" in found:
        fits.append(found["places"].shape == (len(found["right"]), 2))
    if "near_rows" in found:
        rows, near = found["near_rows"], found["near_distances"].shape
        fits += [near[0] == len(rows), found["near_captions"].shape == near]
        fits.append(found["near_images"].shape[:2] == near)
        fits.append(bool(((rows >= 0) & (rows < len(images))).all()))
    return all(fits)


def _unreadable(path: Path, error: Exception | str) -> RunError:
    return RunError(
        f"{path} cannot be read ({error}); delete it, and the report leaves that "
        "section out."
    )
