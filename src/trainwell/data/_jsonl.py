"""Tables in files of one JSON object a line.

Source: JSON Lines; Hugging Face writes `metadata.jsonl` beside images.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError
from trainwell.core.files import read_regular
from trainwell.data._limits import refuse_large_table
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._source import Source
from trainwell.data._table_rows import read_table

_HEAD = 20


def read_jsonl(path: Path, reading: Reading = AS_FOUND) -> Source:
    """Read a table of one object a line.

    Raises:
        DataError: It cannot be read, or is no table of images and classes.
    """
    return read_table(JsonlTable(path), reading)


class JsonlTable:
    """A file of one object a line; see `Table`."""

    notes: tuple[str, ...] = ()
    header = ""
    faults: Mapping[int, str] = {}

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.root = path.parent
        try:
            refuse_large_table(path, path.stat().st_size)
            lines = read_regular(path).decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"cannot read {path}: {error}") from None
        numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip()]
        self._lines = [number for number, _ in numbered]
        self._rows = [_object(path, number, line) for number, line in numbered]
        self.names = tuple(dict.fromkeys(name for row in self._rows for name in row))

    def head(self, name: str) -> list[Any]:
        """Return the first values of a column."""
        return [row.get(name) for row in self._rows[:_HEAD]]

    def columns(self, names: Sequence[str]) -> list[list[Any]]:
        """Return whole columns; an object without a name lacks that value."""
        return [[row.get(name) for row in self._rows] for name in names]

    def where(self, row: int) -> str:
        """Return the line of a row."""
        return f"line {self._lines[row]}"


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line, object_pairs_hook=_unique)
    except _RepeatedName as error:
        raise DataError(
            f"{path}, line {number}: the name {str(error)!r} stands twice; keep one."
        ) from None
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise DataError(f"{path}, line {number}: this is no JSON object.")
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _RepeatedName(next(name for name in names if names.count(name) > 1))
    return found


class _RepeatedName(Exception):
    """A name stands twice in one object."""
