"""Find out what kind of source is meant, and read it.

Source: none; plumbing.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy.typing as npt

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.core.home import expanded
from trainwell.core.progress import Progress
from trainwell.data._arrays import read_arrays
from trainwell.data._builtin import BUILT_IN, read_built_in
from trainwell.data._data_frame import is_data_frame, read_data_frame
from trainwell.data._folder import read_folder
from trainwell.data._idx import is_idx_folder, read_idx
from trainwell.data._map_style import MapStyle, is_map_style, read_map_style
from trainwell.data._npz import read_npz
from trainwell.data._source import Source
from trainwell.data._table import read_csv, read_parquet
from trainwell.data.synthetic import PREFIX
from trainwell.data.synthetic._named import GENERATORS, read_synthetic

SourceLike = (
    str | Path | tuple[npt.ArrayLike, npt.ArrayLike] | Mapping[str, Any] | MapStyle
)

_READERS = {".csv": read_csv, ".parquet": read_parquet, ".npz": read_npz}


def read_source(source: SourceLike, progress: Progress) -> Source:
    """Return the images that `load` was called with, as a source."""
    if isinstance(source, Mapping) and any(map(is_map_style, source.values())):
        return read_map_style(source, progress)
    if isinstance(source, Mapping | tuple):
        return read_arrays(source)
    if is_data_frame(source):
        return read_data_frame(source)
    if not isinstance(source, str | Path):
        return _read_object(source, progress)
    if isinstance(source, str) and source in BUILT_IN:
        return read_built_in(source, progress)
    if isinstance(source, str) and source.startswith(PREFIX):
        return read_synthetic(source, progress)
    if not str(source).strip():
        raise DataError("the path of the data is empty; give a folder or a file.")
    try:
        return _read_path(expanded(source))
    except OSError as error:
        raise DataError(f"cannot read {source}: {error.strerror or error}.") from None


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


def _read_object(source: MapStyle, progress: Progress) -> Source:
    if not is_map_style(source):
        raise DataError(
            f"cannot read images from {type(source).__name__}; give a path, the name "
            "of a data set, a torch or Hugging Face dataset, a data frame, or a pair "
            "(images, targets)."
        )
    return read_map_style(source, progress)


def _read_path(path: Path) -> Source:
    if path.is_dir():
        return read_idx(path) if is_idx_folder(path) else read_folder(path)
    if not path.exists():
        raise DataError(
            f"no such folder or file: {path}.{did_you_mean(str(path), BUILT_IN)} "
            f"Built-in data sets: {', '.join(BUILT_IN)}; generated: "
            f"{', '.join(PREFIX + name for name in GENERATORS)}."
        )
    if not path.is_file():
        raise DataError(f"{path} is a pipe or a device, not a regular file.")
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise DataError(
            f"{path} is no source of images; give a folder, or a file ending in "
            f"{', '.join(_READERS)}."
        )
    return reader(path)
