"""Images with named points, as any of the readers returns them.

    corner   the corner of the image is at (0, 0), the centre of its first pixel at
             (0.5, 0.5): ours, and what the table holds
    centre   the centre of the first pixel is at (0, 0): one half is added
    one      the centre of the first pixel is at (1, 1), as in MATLAB: one half is taken

Source: none; types.
"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.data._limits import MAX_SIDE, refuse_large_table
from trainwell.data._reading import Reading
from trainwell.data._table_files import about_lost

POINTS_ORIGINS = {"corner": 0.0, "centre": 0.5, "one": -0.5}
"""What is added to coordinates, by where a source counts from."""

Coordinates = npt.NDArray[np.float64]
_SHOWN = 40


@dataclass(frozen=True, eq=False)
class PointTable:
    """Images with named points.

    Attributes:
        name: The source in messages.
        paths: File of each image, n of them; one twice where it shows two faces.
        names: Names of the k points.
        points: (x, y) in pixels of each image, the centre of its first pixel at
            (0.5, 0.5), shape (n, k, 2); NaN where not visible.
        visible: Which points are known, shape (n, k).
        groups: What must stay on one side of a split, such as persons; None if nothing
            is said.
        splits: train, val or test for each image; None if nothing is said.
        boxes: Left, top, right and bottom in the same units, shape (n, 4), or None.
        notes: How the source was read, in sentences.

    Example:
        >>> points, seen = np.array([[[9.5, 7.5]]]), np.array([[True]])
        >>> from pathlib import Path
        >>> table = PointTable("faces", (Path("a.jpg"),), ("nose",), points, seen)
        >>> len(table), table
        (1, PointTable('faces', images=1, points=1))
    """

    name: str
    paths: tuple[Path, ...]
    names: tuple[str, ...]
    points: Coordinates
    visible: npt.NDArray[np.bool_]
    groups: tuple[str, ...] | None = None
    splits: tuple[str, ...] | None = None
    boxes: Coordinates | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.paths)

    def __repr__(self) -> str:
        counts = f"images={len(self)}, points={len(self.names)}"
        return f"PointTable({self.name!r}, {counts})"


def read_places(
    rows: Sequence[Coordinates], points_origin: str
) -> tuple[Coordinates, npt.NDArray[np.bool_]]:
    """Return points in our units, NaN where not known, and which are known.

    Args:
        rows: (x, y) of each image as the source has them, (k, 2); both NaN if
            not known.
        points_origin: Where the source counts from.
    """
    points = np.stack(rows) + POINTS_ORIGINS[points_origin]
    return points, ~np.any(np.isnan(points), axis=2)


def check_source(
    path: Path, reading: Reading, points_origin: str, used: tuple[str, ...]
) -> None:
    """Raise DataError for options that do not fit, or a file that is too large."""
    try:
        checks.one_of("points_origin", points_origin, POINTS_ORIGINS)
    except ValueError as error:
        raise DataError(str(error)) from None
    reading.refuse(str(path), used)
    if path.is_file():
        refuse_large_table(path, path.stat().st_size)


def coordinate(text: str, place: str, column: str = "") -> float:
    """Return a coordinate in pixels.

    Args:
        text: A cell.
        place: Its line in messages.
        column: Its column in messages.

    Raises:
        DataError: The text is no number, or none that a place in an image can have.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if "_" in text or not abs(value) <= MAX_SIDE:
        where = f"{place}, `{column}`" if column else place
        raise DataError(
            f"{where}: {text[:_SHOWN]!r} is no coordinate in pixels; write a "
            "number with a decimal point."
        )
    return value


def refuse_lost(
    paths: Sequence[Path], folder: Path, place: Callable[[int], str]
) -> None:
    """Raise DataError for images that are not there, with where they may be."""
    lost = [i for i, path in enumerate(paths) if not os.path.isfile(path)]
    if not lost:
        return
    count = len(lost) - 1
    others = f", nor {count} {plural(count, 'other')}" if count else ""
    hint = about_lost(paths, folder) or ("Put it there, or take its row out.",)
    name = " ".join(str(paths[lost[0]]).split())
    raise DataError(f"{place(lost[0])}: no image {name}{others}. {hint[0]}")
