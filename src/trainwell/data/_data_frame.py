"""Data frames of images and labels, of pandas or Polars.

Columns are found as in other tables; paths are relative to the current folder.

Source: none; plumbing.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._source import Source
from trainwell.data._table_rows import read_table

_HEAD = 20


def is_data_frame(value: object) -> bool:
    """Tell whether a value is a table with named columns, by its attributes."""
    return hasattr(value, "columns") and hasattr(value, "to_numpy")


def read_data_frame(frame: Any, reading: Reading = AS_FOUND) -> Source:  # noqa: ANN401
    """Return the images that a data frame names.

    Raises:
        DataError: If it lacks a column of images or of classes.
    """
    return read_table(FrameTable(frame), reading)


class FrameTable:
    """A data frame; see `Table`."""

    name = "the data frame"
    root = Path()
    notes: tuple[str, ...] = ()
    header = ""
    faults: Mapping[int, str] = {}

    def __init__(self, frame: Any) -> None:  # noqa: ANN401
        self._frame = frame
        self._names = {str(name).strip(): name for name in frame.columns}
        self.names = tuple(str(name).strip() for name in frame.columns)

    def head(self, name: str) -> list[Any]:
        """Return the first values of a column."""
        return self._column(name)[:_HEAD]

    def columns(self, names: Sequence[str]) -> list[list[Any]]:
        """Return whole columns."""
        return [self._column(name) for name in names]

    def where(self, row: int) -> str:
        """Return the number of a row, from 0."""
        return f"row {row}"

    def _column(self, name: str) -> list[Any]:
        column = self._frame[self._names[name]]
        return list((getattr(column, "tolist", None) or column.to_list)())
