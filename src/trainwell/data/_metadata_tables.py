"""Folders of images with a table `metadata` beside: Hugging Face's imagefolder.

    photos/metadata.csv                      file_name, label, ...
    photos/train/metadata.csv, photos/test/metadata.csv

Source: Hugging Face, "datasets", Create an image dataset, ImageFolder.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._jsonl import JsonlTable, read_jsonl
from trainwell.data._listing import Listing, list_folder
from trainwell.data._parquet import ParquetTable, read_parquet
from trainwell.data._reading import Reading
from trainwell.data._source import FLAT, BadImage, Source, Split
from trainwell.data._split_folders import split_and_rest
from trainwell.data._table import CsvTable, read_csv
from trainwell.data._table_columns import find_columns
from trainwell.data._table_rows import Table

_READERS = {
    "metadata.csv": read_csv,
    "metadata.jsonl": read_jsonl,
    "metadata.parquet": read_parquet,
}
_TABLES: dict[str, Callable[[Path], Table]] = {
    "metadata.csv": CsvTable,
    "metadata.jsonl": JsonlTable,
    "metadata.parquet": ParquetTable,
}


def metadata_tables(root: Path, reading: Reading) -> dict[str, Path]:
    """Return the tables of a folder by split, or none: the folders are classes."""
    listing = list_folder(root)
    if (own := _table_in(listing, reading)) is not None:
        return {FLAT: own}
    found: dict[str, Path] = {}
    for folder in listing.folders:
        split, rest = split_and_rest(folder.name)
        table = _table_in(list_folder(folder), reading)
        if split is None or rest or table is None:
            return {}
        found[split] = table
    return found


def read_metadata_tables(
    root: Path, tables: dict[str, Path], reading: Reading
) -> Source:
    """Read the tables as one source.

    Raises:
        DataError: As for any table; or one of several has splits of its own.
    """
    read = {s: _READERS[path.name.lower()](path, reading) for s, path in tables.items()}
    notes: tuple[str, ...] = (
        f"Labels are those of {', '.join(map(str, tables.values()))}.",
    )
    if FLAT in read:
        return replace(read[FLAT], notes=(*notes, *read[FLAT].notes))
    splits: dict[str, Split] = {}
    bad: list[BadImage] = []
    classes = None
    for split, source in read.items():
        if list(source.splits) != [FLAT]:
            raise DataError(f"{source.name} has splits of its own, within {split}.")
        splits[split] = source.splits[FLAT]
        notes += tuple(note for note in source.notes if note not in notes)
        bad += source.bad
        classes = classes or source.classes
    reader = next(iter(read.values())).reader
    return Source(
        str(root), root, splits, classes, notes=notes, bad=tuple(bad), reader=reader
    )


def _table_in(listing: Listing, reading: Reading) -> Path | None:
    """Return the table; of captions or boxes beside folders of classes, none."""
    path = next((p for p in listing.files if p.name.lower() in _READERS), None)
    if path is None or not listing.folders:
        return path
    try:
        table = _TABLES[path.name.lower()](path)
        find_columns(str(path), table.names, table.head, reading)
    except (DataError, OSError, ValueError):
        return None
    return path
