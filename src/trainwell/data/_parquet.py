"""Tables in Parquet files, through pyarrow.

Images are paths, the bytes of files, or structs of `bytes` and `path`, as Hugging Face
writes them, with the names of the classes beside.

Source: Apache Parquet; Hugging Face, "datasets", features `Image` and `ClassLabel`.
"""

import contextlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainwell.core.errors import DataError, MissingDependencyError
from trainwell.core.files import refuse_irregular
from trainwell.data._limits import refuse_large_table, refuse_many_rows
from trainwell.data._reading import AS_FOUND, Reading
from trainwell.data._source import Source
from trainwell.data._table_rows import read_table

_HEAD = 20
_BATCH = 1000


def read_parquet(path: Path, reading: Reading = AS_FOUND) -> Source:
    """Read a Parquet table.

    Raises:
        DataError: It cannot be read, or is no table of images and classes.
        MissingDependencyError: pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException  # type: ignore[import-untyped]
    except ImportError:
        raise MissingDependencyError(
            "reading Parquet needs pyarrow: pip install 'trainwell[parquet]'"
        ) from None
    try:
        return read_table(ParquetTable(path), reading)
    except MemoryError:
        raise DataError(f"cannot read {path}: it does not fit in memory.") from None
    except (OSError, ArrowException) as error:
        raise DataError(f"cannot read {path}: {error}") from None


class ParquetTable:
    """A Parquet file; see `Table`."""

    notes: tuple[str, ...] = ()
    header = ""
    faults: Mapping[int, str] = {}

    def __init__(self, path: Path) -> None:
        from pyarrow import parquet

        refuse_irregular(path)
        self.name = str(path)
        self.root = path.parent
        self._path = path
        self._schema = parquet.read_schema(path)
        self.names = tuple(map(str, self._schema.names))
        metadata = parquet.read_metadata(path)
        refuse_many_rows(self.name, metadata.num_rows)
        groups = (metadata.row_group(i) for i in range(metadata.num_row_groups))
        refuse_large_table(path, sum(group.total_byte_size for group in groups))

    def head(self, name: str) -> list[Any]:
        """Return the first values of a column."""
        from pyarrow import parquet

        with parquet.ParquetFile(self._path) as file:
            batches = file.iter_batches(_HEAD, columns=[name])
            first = next(batches, None)
            return [] if first is None else list(first.column(0).to_pylist())

    def columns(self, names: Sequence[str]) -> list[list[Any]]:
        """Return whole columns; indices of known classes as their names."""
        return [self._named(name, self._column(name)) for name in names]

    def where(self, row: int) -> str:
        """Return the number of a row, from 0."""
        return f"row {row}"

    def _column(self, name: str) -> list[Any]:
        """Read a column; texts are read once each, then counted as often as used."""
        from pyarrow import compute, parquet, types

        kind = self._schema.field(name).type
        kind = kind.value_type if types.is_dictionary(kind) else kind
        text = types.is_string(kind) or types.is_large_string(kind)
        size, values = 0, []
        if not (text or types.is_binary(kind) or types.is_large_binary(kind)):
            with parquet.ParquetFile(self._path) as file:
                for batch in file.iter_batches(_BATCH, columns=[name]):
                    refuse_large_table(self._path, size := size + batch.nbytes)
                    values += batch.column(0).to_pylist()
            return values
        column = parquet.read_table(
            self._path, columns=[name], read_dictionary=[name], partitioning=None
        )[name]
        for part in column.chunks:
            lengths = compute.binary_length(part.dictionary).take(part.indices)
            size += compute.sum(lengths).as_py() or 0
            refuse_large_table(self._path, size)
            known = part.dictionary.to_pylist()
            values += [
                None if i is None else known[i] for i in part.indices.to_pylist()
            ]
        return values

    def _named(self, name: str, values: list[Any]) -> list[Any]:
        """Return the names of classes for their indices, where they are kept."""
        features: Any = {}
        with contextlib.suppress(KeyError, TypeError, ValueError):
            kept = json.loads(self._schema.metadata[b"huggingface"])
            features = kept["info"]["features"][name]
        known = features.get("names") if isinstance(features, dict) else None
        if not isinstance(known, list) or features.get("_type") != "ClassLabel":
            return values
        at = range(len(known))
        return [known[v] if isinstance(v, int) and v in at else v for v in values]
