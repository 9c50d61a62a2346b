"""Tables of image paths and targets: CSV, and Parquet where pyarrow is installed.

Columns `path` and `target`, and perhaps `split` (train, val or test); others are not
used. Paths are relative to the table's folder. Targets are text or integers.

Source: RFC 4180 (CSV); Apache Parquet, through pyarrow.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError, MissingDependencyError
from trainwell.data._classes import class_name
from trainwell.data._source import (
    FLAT,
    FileSplit,
    Source,
    Split,
    split_name,
)

_NEEDED = ("path", "target")


def read_csv(path: Path) -> Source:
    """Read a CSV table of paths and targets, in UTF-8, with a header."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream, skipinitialspace=True)
            names = {str(n).strip().lower(): n for n in rows.fieldnames or ()}
            _check_columns(path, names)
            numbered = [(rows.line_num, row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot read {path}: {error}") from None
    used = [names[c] for c in (*_NEEDED, "split") if c in names]
    return read_rows(
        str(path),
        path.parent,
        ((f"line {line}", [row[c] for c in used]) for line, row in numbered),
    )


def read_parquet(path: Path) -> Source:
    """Read a Parquet table of paths and targets."""
    try:
        from pyarrow import (  # type: ignore[import-untyped]
            ArrowException,
            parquet,
        )
    except ImportError:
        raise MissingDependencyError(
            "reading Parquet needs pyarrow: pip install 'trainwell[parquet]'"
        ) from None
    try:
        names = {str(n).lower(): n for n in parquet.read_schema(path).names}
        _check_columns(path, names)
        used = [names[c] for c in (*_NEEDED, "split") if c in names]
        columns = [
            parquet.read_table(path, columns=[name])[name].to_pylist() for name in used
        ]
    except (OSError, ArrowException) as error:
        raise DataError(f"cannot read {path}: {error}") from None
    rows = zip(*columns, strict=True)
    return read_rows(
        str(path), path.parent, ((f"row {i}", list(row)) for i, row in enumerate(rows))
    )


def _check_columns(path: Path, names: Iterable[str]) -> None:
    missing = [column for column in _NEEDED if column not in names]
    if missing:
        raise DataError(
            f"{path} needs the columns path and target (and perhaps split); it has "
            f"{', '.join(names) or 'none'}."
        )


def read_rows(name: str, root: Path, rows: Iterable[tuple[str, list[Any]]]) -> Source:
    """Return the source of rows of a path, a target and perhaps a split.

    Args:
        name: Name of the source in messages.
        root: Folder that paths are relative to.
        rows: Place of each row, for messages, and its values.
    """
    splits: dict[str, FileSplit] = {}
    for where, row in rows:
        image, target, *split = row
        for column, value in zip(_NEEDED, (image, target), strict=True):
            if value is None or not str(value).strip():
                raise DataError(f"{name}, {where}: `{column}` is empty.")
        key = split_name(str(split[0] or ""), f"{name}, {where}") if split else FLAT
        part = splits.setdefault(key, FileSplit([], []))
        part.paths.append(root / str(image).strip())
        part.labels.append(_label(target, f"{name}, {where}"))
    if not splits:
        raise DataError(f"{name} has no rows.")
    whole: dict[str, Split] = {**splits}
    return Source(name, root, whole)


def _label(target: object, where: str) -> str:
    if isinstance(target, float):
        if not target.is_integer():
            raise DataError(f"{where}: `target` must be text or an integer: {target}.")
        target = int(target)
    return class_name(target)
