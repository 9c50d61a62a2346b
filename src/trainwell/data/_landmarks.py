"""Tables of a file name and coordinates: `landmarks.csv` of the contest.

    00000.jpg    x0    y0    x1    y1    ...    with tabs, perhaps below a header

Source: the contest of facial key points of the course that deck 0 belongs to, with 971
points.
"""

import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular
from trainwell.core.plural import plural
from trainwell.data._limits import MAX_SIDE
from trainwell.data._listing import is_image_name
from trainwell.data._point_table import (
    Coordinates,
    PointTable,
    check_source,
    coordinate,
    read_places,
    refuse_lost,
)
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._table_files import image_folder, with_suffix

_Line = tuple[int, list[str]]
_MOST_POINTS = 100_000


def read_landmarks(
    path: Path,
    reading: Reading = AS_FOUND,
    *,
    keep: Sequence[int] | None = None,
    points_origin: str = "corner",
) -> PointTable:
    """Read a table of file names and coordinates, with or without a header.

    Args:
        path: The table, separated by tabs, or by commas as submissions are.
        reading: Folder of the images, `images` beside the table by default.
        keep: Indices of the points that are kept; 971 points of 400,000 images need
            6 GB, 68 need 0.4.
        points_origin: Where it counts from: `corner`, `centre` or `one`.

    Raises:
        DataError: It cannot be read, a line has another number of coordinates than
            the first, one is no number, or an image is not there.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> (folder / "a.jpg").touch()
        >>> _ = (folder / "landmarks.csv").write_text("a.jpg\\t9\\t7\\t3\\t4\\n")
        >>> read_landmarks(folder / "landmarks.csv").points.tolist()
        [[[9.0, 7.0], [3.0, 4.0]]]
    """
    check_source(path, reading, points_origin, ("image_folder", "image_suffix"))
    folder = image_folder(path.parent, reading)
    if reading.image_folder is None and (path.parent / "images").is_dir():
        folder = path.parent / "images"
    paths: list[Path] = []
    lines: list[int] = []
    rows: list[Coordinates] = []
    width = 0
    for line, cells in contest_lines(path):
        where = f"{path}, line {line}"
        values = cells[1:]
        if not paths:
            width = len(values)
            if width == 0 or width % 2 or width > 2 * _MOST_POINTS:
                raise DataError(
                    f"{where}: {width} {plural(width, 'coordinate')} after the file "
                    "name; x and y of every point are needed, separated by tabs."
                )
        if len(values) != width:
            raise DataError(
                f"{where}: {len(values)} {plural(len(values), 'coordinate')}, and "
                f"{width} in the first line; complete it, or take it out."
            )
        paths.append(folder / with_suffix(cells[0], reading))
        lines.append(line)
        row = _row(values, where)
        rows.append(row if keep is None else row[_kept(keep, len(row))])
    if not rows:
        raise DataError(f"{path} has no rows.")
    refuse_lost(paths, folder, lambda i: f"{path}, line {lines[i]}")
    points, visible = read_places(rows, points_origin)
    kept = range(width // 2) if keep is None else keep
    names = tuple(str(i) for i in kept)
    return PointTable(str(path), tuple(paths), names, points, visible)


def contest_lines(path: Path) -> Iterator[_Line]:
    """Yield the number and the cells of every line but empty ones and a header."""
    try:
        with TextIOWrapper(open_regular(path), encoding="utf-8-sig") as stream:
            first = True
            for number, text in enumerate(stream, 1):
                if not text.strip():
                    continue
                cells = text.rstrip("\r\n").split("\t" if "\t" in text else ",")
                cells[0] = cells[0].strip()
                header, first = first and _is_header(cells), False
                if header:
                    continue
                if not cells[0] or "\0" in cells[0]:
                    raise DataError(f"{path}, line {number} begins with no file name.")
                yield number, cells
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot read {path}: {error}") from None


def _is_header(cells: list[str]) -> bool:
    """Tell whether a first line names columns: no image, and no number after it."""
    return not is_image_name(cells[0]) and not re.match(
        r"[-+.\d\[(]", "".join(cells[1:2]).strip()
    )


def _row(values: list[str], where: str) -> Coordinates:
    """Return (x, y) of the points of a line, quickly where all is well."""
    try:
        row = np.array(list(map(float, values)), np.float64)
    except ValueError:
        row = np.full(1, np.nan)
    if not (np.abs(row) <= MAX_SIDE).all() or "_" in "".join(values):
        row = np.array([coordinate(value, where) for value in values], np.float64)
    return row.reshape(-1, 2)


def _kept(keep: Sequence[int], count: int) -> list[int]:
    wrong = next((i for i in keep if not 0 <= i < count), None)
    if wrong is not None:
        raise DataError(f"no point {wrong} to keep; there are {count}, from 0.")
    return list(keep)
