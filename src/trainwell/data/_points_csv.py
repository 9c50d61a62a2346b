"""Tables of points: one row per image, two columns per point.

    path, split, person, x0, y0, x1, y1, ...
    image, left_eye_x, left_eye_y, left_eye_v, ...

A point is not visible where its cells are empty, where it lies left of the image or
above it (many tables write -1), or where its column of visibility holds 0.

Source: RFC 4180 (CSV); the names of columns are those of tables in use.
"""

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.data._limits import refuse_many_rows
from trainwell.data._point_cells import point_of
from trainwell.data._point_columns import point_columns
from trainwell.data._point_table import (
    POINTS_ORIGINS,
    PointTable,
    check_source,
    read_places,
    refuse_lost,
)
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._source import split_name
from trainwell.data._table import CsvTable
from trainwell.data._table_columns import (
    ID_NAMES,
    IMAGE_NAMES,
    column_of_paths,
    described,
    named_column,
    refuse_repeated,
    usual_column,
)
from trainwell.data._table_files import image_folder, with_suffix

GROUP_NAMES = (
    "group", "person", "personid", "subject", "subjectid", "identity", "identityid",
    "patient", "patientid", "video", "videoid",
)  # fmt: skip


def read_points_csv(
    path: Path, reading: Reading = AS_FOUND, *, points_origin: str = "corner"
) -> PointTable:
    """Read a table of points, separated by commas, tabs, semicolons or bars.

    Args:
        path: The table, in UTF-8 with a header.
        reading: Columns and folder of the images, and the column of groups, where
            their names do not tell.
        points_origin: Where it counts from: `corner`, `centre` (of the first pixel is
            0) or `one`.

    Raises:
        DataError: It cannot be read, a cell is no number, a point has one coordinate,
            or an image is not there; the message names the line.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> (folder / "a.jpg").touch()
        >>> _ = (folder / "t.csv").write_text("path,nose_x,nose_y\\na.jpg,9,7\\n")
        >>> read_points_csv(folder / "t.csv", points_origin="centre").points.tolist()
        [[[9.5, 7.5]]]
    """
    used = ("image_column", "group_column", "image_folder", "image_suffix")
    try:
        check_source(path, reading, points_origin, used)
        return _read(CsvTable(path), reading, points_origin)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read {path}: {error}") from None


def _read(table: CsvTable, reading: Reading, points_origin: str) -> PointTable:
    refuse_repeated(f"{table.name}{table.header}", table.names)
    columns = point_columns(f"{table.name}{table.header}", table.names)
    of_points = {c for p in columns for c in (p.x, p.y, p.visible) if c}
    free = [n for n in table.names if n not in of_points]
    image = named_column(table.name, free, reading, "image_column")
    image = image or usual_column(free, IMAGE_NAMES)
    image = image or column_of_paths(free, table.head) or usual_column(free, ID_NAMES)
    if not image:
        raise DataError(
            f"{table.name} has no column of images; call it path, or say it by "
            f"data.image_column: beside the points it has {described(free)}."
        )
    group = named_column(table.name, free, reading, "group_column")
    guessed = "" if group else usual_column(free, GROUP_NAMES)
    split = usual_column(free, ("split",))
    single = [name for name in (image, group or guessed, split) if name]
    wanted = [*single, *sorted(of_points)]
    cells = dict(zip(wanted, table.columns(wanted), strict=True))
    count = len(cells[image])
    refuse_many_rows(table.name, count)
    if not count:
        raise DataError(f"{table.name} has no rows.")

    def place(row: int) -> str:
        return f"{table.name}, {table.where(row)}"

    for row, fault in sorted(table.faults.items()):
        raise DataError(f"{place(row)}: {fault}.")
    folder = image_folder(table.root, reading)
    paths = [
        _image(cells[image][i], folder, reading, f"{place(i)}: `{image}`")
        for i in range(count)
    ]
    shift = POINTS_ORIGINS[points_origin]
    rows = [
        np.array([point_of(point, cells, i, place(i), shift) for point in columns])
        for i in range(count)
    ]
    refuse_lost(paths, folder, place)
    points, visible = read_places(rows, points_origin)
    of_group = cells.get(group or guessed)
    of_split = cells.get(split)
    return PointTable(
        table.name,
        tuple(paths),
        tuple(point.name for point in columns),
        points,
        visible,
        None if of_group is None else tuple(str(cell).strip() for cell in of_group),
        None
        if of_split is None
        else tuple(split_name(str(s), place(i)) for i, s in enumerate(of_split)),
        notes=(*table.notes, *_notes(guessed, visible)),
    )


def _image(cell: Any, folder: Path, reading: Reading, where: str) -> Path:  # noqa: ANN401
    name = str(cell).strip()
    if not name or "\0" in name:
        raise DataError(f"{where} names no image; write its path.")
    name = with_suffix(name, reading)
    if "\\" in name and not os.path.exists(folder / name):
        name = name.replace("\\", "/")  # written on Windows
    return folder / name


def _notes(group: str, visible: Any) -> tuple[str, ...]:  # noqa: ANN401
    hidden = int((~visible).sum())
    of_groups = f"Images of one {group} stay together (column {group})."
    of_hidden = f"{hidden} {plural(hidden, 'point')} of {visible.size} not visible."
    return (*[of_groups] * bool(group), *[of_hidden] * (hidden > 0))
