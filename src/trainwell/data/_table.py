"""Tables in files: CSV with any usual separator, and Parquet, through pyarrow.

Source: RFC 4180 (CSV); Apache Parquet.
"""

import csv
from collections.abc import Sequence
from functools import cached_property
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular
from trainwell.core.plural import plural
from trainwell.data._limits import refuse_large_table
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._source import Source
from trainwell.data._table_rows import read_table

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_HEAD = 20


def read_csv(path: Path, reading: Reading = AS_FOUND) -> Source:
    """Read a CSV table in UTF-8, with a header.

    Raises:
        DataError: It cannot be read, or is no table of images and classes.
    """
    try:
        refuse_large_table(path, path.stat().st_size)
        return read_table(CsvTable(path), reading)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read {path}: {error}") from None


class CsvTable:
    """A CSV file; see `Table`."""

    header = ", line 1"

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.root = path.parent
        self._path = path
        with _text(path) as stream:
            first = stream.readline()
        widths = {
            s: len(next(csv.reader([first], delimiter=s), [])) for s in _SEPARATORS
        }
        self._separator = max(widths, key=widths.__getitem__)
        said = f"Columns are separated by {_SEPARATORS[self._separator]}."
        self.notes = () if self._separator == "," else (said,)
        self._lines: list[int] = []
        self.faults: dict[int, str] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in the header, without outer spaces."""
        return tuple(" ".join(name.split()) for name in next(iter(self._rows(1)), []))

    @cached_property
    def _first(self) -> list[list[str]]:
        return self._rows(1 + _HEAD)[1:]

    def head(self, name: str) -> list[Any]:
        """Return the first values of a column."""
        at = self.names.index(name)
        return [row[at] for row in self._first if at < len(row)]

    def columns(self, names: Sequence[str]) -> list[list[Any]]:
        """Return whole columns; rows of more or fewer cells are faults."""
        places = [self.names.index(name) for name in names]
        found: list[list[Any]] = [[] for _ in names]
        with _text(self._path) as stream:
            rows = self._reader(stream)
            next(rows, None)
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                if (fault := self._fault(row)) is not None:
                    self.faults[len(self._lines)] = fault
                self._lines.append(rows.line_num)
                for values, at in zip(found, places, strict=True):
                    values.append(row[at] if at < len(row) else None)
        return found

    def where(self, row: int) -> str:
        """Return the line of a row."""
        return f"line {self._lines[row]}"

    def _fault(self, row: list[str]) -> str | None:
        """Say that a row has not a cell per column; empty ones may follow."""
        count, wanted = len(row), len(self.names)
        if count == wanted or (count > wanted and not any(row[wanted:])):
            return None
        quote = f'; put cells that hold "{self._separator}" in quotes'
        return (
            f"{count} {plural(count, 'cell')} for {wanted} "
            f"{plural(wanted, 'column')}{quote if count > wanted else ''}"
        )

    def _reader(self, stream: Any) -> Any:  # noqa: ANN401
        return csv.reader(stream, delimiter=self._separator, skipinitialspace=True)

    def _rows(self, count: int) -> list[list[str]]:
        with _text(self._path) as stream:
            return list(islice(self._reader(stream), count))


def _text(path: Path) -> TextIOWrapper:
    return TextIOWrapper(open_regular(path), encoding="utf-8-sig", newline="")
