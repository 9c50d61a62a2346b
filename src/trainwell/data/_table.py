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
from trainwell.data._limits import refuse_large_table, refuse_many_rows
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
        refuse_large_table(path, path.stat().st_size)
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
        _refuse_large_parquet(path, parquet.read_metadata(path))
        columns = [_parquet_column(path, name) for name in used]
    except MemoryError:
        raise DataError(f"cannot read {path}: it does not fit in memory.") from None
    except (OSError, ArrowException) as error:
        raise DataError(f"cannot read {path}: {error}") from None
    rows = zip(*columns, strict=True)
    return read_rows(
        str(path), path.parent, ((f"row {i}", list(row)) for i, row in enumerate(rows))
    )


def _refuse_large_parquet(path: Path, metadata: Any) -> None:  # noqa: ANN401
    refuse_many_rows(str(path), metadata.num_rows)
    groups = (metadata.row_group(i) for i in range(metadata.num_row_groups))
    refuse_large_table(path, sum(group.total_byte_size for group in groups))


def _parquet_column(path: Path, name: str) -> list[Any]:
    """Read a column; texts are read once each, and then counted as often as used."""
    from pyarrow import compute, parquet, types

    kind = parquet.read_schema(path).field(name).type
    kind = kind.value_type if types.is_dictionary(kind) else kind
    text = types.is_string(kind) or types.is_large_string(kind)
    once = [name] if text else []
    column = parquet.read_table(path, columns=[name], read_dictionary=once)[name]
    if not text:
        return list(column.to_pylist())
    size, values = 0, []
    for part in column.chunks:
        lengths = compute.binary_length(part.dictionary).take(part.indices)
        size += compute.sum(lengths).as_py() or 0
        refuse_large_table(path, size)
        known = part.dictionary.to_pylist()
        values += [None if i is None else known[i] for i in part.indices.to_pylist()]
    return values


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
    for number, (where, row) in enumerate(rows, 1):
        refuse_many_rows(name, number)
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
