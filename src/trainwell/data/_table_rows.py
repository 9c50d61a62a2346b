"""Make a source of a table: one set of rules for CSV, Parquet and data frames.

Source: none; plumbing.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from trainwell.core.errors import DataError
from trainwell.data._encoded import EncodedImage, ImageFile
from trainwell.data._limits import refuse_many_rows
from trainwell.data._number_columns import about_quantity
from trainwell.data._reading import FOR_TABLES, Reading
from trainwell.data._source import FLAT, BadImage, FileSplit, Source, Split, split_name
from trainwell.data._table_columns import find_columns, refuse_repeated
from trainwell.data._table_files import about_lost, image_folder, with_suffix
from trainwell.data._table_labels import is_missing, plain_value
from trainwell.data._targets import read_labels, reader_of


class Table(Protocol):
    """A table with named columns.

    Attributes:
        name: Its name in messages.
        root: Folder that paths are relative to.
        names: Names of its columns.
        notes: How it was read, in sentences.
        header: Where the names stand, for messages.
        faults: Rows that cannot be read, once the columns are, and why.
    """

    @property
    def name(self) -> str: ...
    @property
    def root(self) -> Path: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def header(self) -> str: ...
    @property
    def faults(self) -> Mapping[int, str]: ...

    def head(self, name: str) -> list[Any]:
        """Return the first values of a column."""
        ...

    def columns(self, names: Sequence[str]) -> list[list[Any]]:
        """Return whole columns."""
        ...

    def where(self, row: int) -> str:
        """Return the place of a row for messages."""
        ...


def read_table(table: Table, reading: Reading) -> Source:
    """Return the images of a table; rows that lack a value are bad images.

    Raises:
        DataError: It has no rows, a column is missing, or its targets are no classes.
    """
    reading.refuse(table.name, FOR_TABLES)
    refuse_repeated(f"{table.name}{table.header}", table.names)
    columns = find_columns(table.name, table.names, table.head, reading)
    folder = image_folder(table.root, reading)
    values = dict(zip(columns.used, table.columns(columns.used), strict=True))
    count = len(values[columns.image])
    refuse_many_rows(table.name, count)
    targets = {name: values[name] for name in columns.targets}
    reader = reader_of(_without_missing(targets), reading.readers)
    lacking = columns.targets if reader.may_lack else ()
    bad = _incomplete(table, [n for n in columns.used if n not in lacking], values)
    rows = [row for row in range(count) if row not in bad]
    if not count:
        raise DataError(f"{table.name} has no rows.")

    def place(i: int) -> str:
        return f"{table.name}, {table.where(rows[i])}"

    cells = {name: [column[row] for row in rows] for name, column in targets.items()}
    read, odd = read_labels(reader, cells, place)
    bad |= {rows[i]: BadImage(place(i), reason) for i, reason in odd.items()}
    rows = [row for row in rows if row not in bad]
    splits: dict[str, FileSplit] = {}
    for i, row in enumerate(rows):
        stated = values[columns.split][row] if columns.split else None
        key = split_name(str(stated), place(i)) if columns.split else FLAT
        part = splits.setdefault(key, FileSplit([], [], []))
        cell = plain_value(values[columns.image][row])
        part.paths.append(_image(cell, folder, reading, place(i)))
        part.labels.append(read.labels[i])
        if columns.group:
            part.groups.append(str(values[columns.group][row]).strip())
    lost = about_lost(next(iter(splits.values())).paths if splits else [], folder)
    if len(reading.readers) > 1 and len(cells) == 1 and not reader.has_classes:
        ((column, numbers),) = cells.items()
        lost += about_quantity(numbers, column)
    said = (*table.notes, *columns.notes, *read.notes, *lost)
    whole: dict[str, Split] = {**splits} or {FLAT: FileSplit([], [])}
    return Source(
        table.name,
        table.root,
        whole,
        read.names,
        notes=said,
        bad=tuple(bad[row] for row in sorted(bad)),
        reader=reader,
        mirror=read.mirror,
    )


def _without_missing(cells: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the cells of the rows that have all."""
    whole = [
        row
        for row in zip(*cells.values(), strict=True)
        if not any(map(is_missing, row))
    ]
    return {name: [row[i] for row in whole] for i, name in enumerate(cells)}


def _incomplete(
    table: Table, columns: Sequence[str], values: dict[str, list[Any]]
) -> dict[int, BadImage]:
    """Return the rows that cannot be read or lack a value, and why."""
    reasons = dict(table.faults)
    for name in columns:
        for row, value in enumerate(values[name]):
            if row not in reasons and is_missing(value):
                text = "" if value is None else str(value).strip()
                how = f" ({text})" if text else ""
                reasons[row] = f"`{name}` is missing{how}"
    return {
        row: BadImage(f"{table.name}, {table.where(row)}", reasons[row])
        for row in sorted(reasons)
    }


def _image(cell: Any, folder: Path, reading: Reading, where: str) -> ImageFile:  # noqa: ANN401
    """Return the file that a cell names, or the one that it holds."""
    name = where
    if isinstance(cell, dict):
        name = str(cell.get("path") or where)
        cell = cell.get("bytes") if cell.get("bytes") is not None else cell.get("path")
    if isinstance(cell, bytes | bytearray | memoryview):
        return EncodedImage(name, bytes(cell))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if not isinstance(cell, str | int | Path):
        raise DataError(
            f"{where}: an image must be a path or the bytes of a file, got "
            f"{cell!r:.60}."
        )
    name = with_suffix(str(cell).strip(), reading)
    if "\\" in name and not os.path.exists(folder / name):
        name = name.replace("\\", "/")  # written on Windows
    return folder / name
