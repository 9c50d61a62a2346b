"""Find out what kind of source is meant, and read it.

Source: none; plumbing.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy.typing as npt

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.core.progress import Progress
from trainwell.data._arrays import read_arrays
from trainwell.data._builtin import BUILT_IN, read_built_in
from trainwell.data._choose_classes import choose_classes
from trainwell.data._data_frame import is_data_frame, read_data_frame
from trainwell.data._encoded import EncodedImage
from trainwell.data._folder import read_folder
from trainwell.data._idx import is_idx_folder, read_idx
from trainwell.data._jsonl import read_jsonl
from trainwell.data._map_style import MapStyle, is_map_style, read_map_style
from trainwell.data._metadata_tables import metadata_tables, read_metadata_tables
from trainwell.data._npz import read_npz
from trainwell.data._parquet import read_parquet
from trainwell.data._parquet_folder import parquet_files, read_parquet_files
from trainwell.data._pattern import read_by_pattern
from trainwell.data._point_source import read_points
from trainwell.data._reading import AS_FOUND, FOR_FOLDERS, Reading
from trainwell.data._source import FileSplit, Source, Split
from trainwell.data._table import read_csv
from trainwell.data.synthetic import PREFIX
from trainwell.data.synthetic._named import GENERATORS, read_synthetic

SourceLike = (
    str | Path | tuple[npt.ArrayLike, npt.ArrayLike] | Mapping[str, Any] | MapStyle
)

_TABLES = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_jsonl,
    ".parquet": read_parquet,
}
_ENDINGS = (*_TABLES, ".npz")


def read_source(
    source: SourceLike, progress: Progress, reading: Reading = AS_FOUND
) -> Source:
    """Return the images that `load` was called with, as a source."""
    read = _as_said(_read_source(source, progress, reading), reading)
    bound = reading.points_origin and reading.binds("points_origin")
    if bound and not hasattr(read.reader, "origin"):
        raise DataError(
            f"`data.points_origin` changes nothing: it is for points, and the task of "
            f"{read.name} is {read.reader.name}. Leave it out."
        )
    return choose_classes(read, reading)


def _as_said(read: Source, reading: Reading) -> Source:
    """Read classes, such as folders called 20 and 25, as the targets that are meant."""
    if read.reader in reading.readers:
        return read
    reader = reading.readers[0]
    notes = read.notes
    splits: dict[str, Split] = {}
    for name, part in map(_joined, read.splits.items()):
        found = reader.labels({"class": part.labels}, "label {}".format)
        splits[name] = replace(part, labels=found.labels)
        notes += found.notes
    return replace(read, splits=splits, classes=found.names, notes=notes, reader=reader)


def _joined(named: tuple[str, Split]) -> tuple[str, Split]:
    """Return a split in which a file that is linked to twice stands once.

    Its labels are all of its folders', in a list.
    """
    name, part = named
    if not isinstance(part, FileSplit):
        return name, part
    rows: dict[Any, list[int]] = {}
    for row, path in enumerate(part.paths):
        key = path if isinstance(path, EncodedImage) else os.path.realpath(path)
        rows.setdefault(key, []).append(row)
    if len(rows) == len(part.paths):
        return name, part
    firsts = [own[0] for own in rows.values()]
    labels = [[part.labels[row] for row in own] for own in rows.values()]
    groups = [part.groups[row] for row in firsts] if part.groups else []
    return name, FileSplit([part.paths[row] for row in firsts], labels, groups)


def _read_source(source: SourceLike, progress: Progress, reading: Reading) -> Source:
    if is_data_frame(source):
        return read_data_frame(source, reading)
    place = isinstance(source, str | Path) and not _is_name(source)
    if place and not str(source).strip():
        raise DataError("the path of the data is empty; give a folder or a file.")
    if place:
        try:
            return _read_path(expanded(source), reading)  # type: ignore[arg-type]
        except OSError as error:
            raise DataError(
                f"cannot read {source}: {error.strerror or error}."
            ) from None
    reading.refuse(str(source) if isinstance(source, str) else "what was given", ())
    if isinstance(source, Mapping) and any(map(is_map_style, source.values())):
        return read_map_style(source, progress)
    if isinstance(source, Mapping | tuple):
        return read_arrays(source, readers=reading.readers)
    if isinstance(source, str):
        known = read_built_in if source in BUILT_IN else read_synthetic
        return known(source, progress)
    return _read_object(source, progress, reading)  # type: ignore[arg-type]


def _is_name(source: str | Path) -> bool:
    """Tell names of sets from paths: `digits` is a set, `./digits` a folder."""
    return isinstance(source, str) and (source in BUILT_IN or source.startswith(PREFIX))


def source_place(source: SourceLike) -> str:
    """Return where a source lies, however its path is spelled.

    A set that is known by name lies there, and values in memory in `arrays`.

    Example:
        >>> source_place("./") == source_place("."), source_place("digits")
        (True, 'digits')
    """
    if not isinstance(source, str | Path):
        return "arrays"
    path = expanded(source)
    known = source in BUILT_IN or str(source).startswith(PREFIX)
    return str(source) if known or not path.exists() else str(path.resolve())


def _read_object(source: MapStyle, progress: Progress, reading: Reading) -> Source:
    if not is_map_style(source):
        raise DataError(
            f"cannot read images from {type(source).__name__}; give a path, the name "
            "of a data set, a torch or Hugging Face dataset, a data frame, or a pair "
            "(images, targets)."
        )
    return read_map_style(source, progress)


def _read_path(path: Path, reading: Reading) -> Source:
    readable = path.is_dir() or path.is_file()
    if readable and (points := read_points(path, reading)) is not None:
        return points
    if path.is_dir():
        return _read_folder(path, reading)
    if not path.exists():
        raise DataError(
            f"no such folder or file: {path}.{did_you_mean(str(path), BUILT_IN)} "
            f"Built-in data sets: {', '.join(BUILT_IN)}; generated: "
            f"{', '.join(PREFIX + name for name in GENERATORS)}."
        )
    if not path.is_file():
        raise DataError(f"{path} is a pipe or a device, not a regular file.")
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return _TABLES[suffix](path, reading)
    if suffix not in _ENDINGS:
        raise DataError(
            f"{path} is no source of images; give a folder, or a file ending in "
            f"{', '.join(_ENDINGS)}."
        )
    reading.refuse(str(path), ())
    return read_npz(path)


def _read_folder(path: Path, reading: Reading) -> Source:
    if reading.pattern is not None:
        reading.refuse(str(path), FOR_FOLDERS)
        found = read_by_pattern(path, reading.pattern, strict=reading.binds("pattern"))
        if found is not None:
            return found
    tables = metadata_tables(path, reading)
    if tables:
        return read_metadata_tables(path, tables, reading)
    shards = parquet_files(path)
    if shards:
        return read_parquet_files(path, shards, reading)
    reading.refuse(str(path), FOR_FOLDERS)
    return read_idx(path) if is_idx_folder(path) else read_folder(path)
