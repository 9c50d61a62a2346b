"""IDX files as MNIST is distributed: big-endian header, then bytes; gzipped or not.

    0x00 0x00 type=0x08 ndim | ndim sizes, 4 bytes each | data

Source: Y. LeCun, C. Cortes & C. Burges, "The MNIST database", file formats.
"""

import gzip
import math
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular
from trainwell.data._arrays import read_arrays
from trainwell.data._limits import refuse_large_array
from trainwell.data._source import Source

_STEMS = {"train": "train", "test": "t10k"}


def idx_files(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Return the images and labels files by split that a folder holds."""
    found = {}
    for split, images in _images(folder).items():
        stem = _STEMS[split]
        labels = _either(
            folder, f"{stem}-labels-idx1-ubyte", f"{stem}-labels.idx1-ubyte"
        )
        if labels:
            found[split] = images, labels
    return found


def _images(folder: Path) -> dict[str, Path]:
    names = {s: f"{stem}-images" for s, stem in _STEMS.items()}
    found = {
        s: _either(folder, f"{n}-idx3-ubyte", f"{n}.idx3-ubyte")
        for s, n in names.items()
    }
    return {split: path for split, path in found.items() if path}


def is_idx_folder(folder: Path) -> bool:
    """Tell whether the folder holds MNIST's files."""
    return bool(idx_files(folder))


def starts_with(folder: Path, labels: bytes) -> bool:
    """Tell whether it holds the set whose first training labels are these."""
    files = idx_files(folder).get("train")
    if files is None:
        return False
    try:
        with _open(files[1]) as stream:
            return bytes(stream.read(8 + len(labels))[8:]) == labels
    except (OSError, EOFError, zlib.error):
        return False


def read_idx(
    folder: Path, *, name: str | None = None, classes: tuple[str, ...] | None = None
) -> Source:
    """Read a folder of IDX files under MNIST's file names."""
    pairs = {
        split: (read_idx_file(images), read_idx_file(labels))
        for split, (images, labels) in idx_files(folder).items()
    }
    notes = tuple(
        f"{images.name} has no labels beside it and is not used."
        for split, images in _images(folder).items()
        if split not in pairs
    )
    found = read_arrays(pairs, name=name or str(folder), classes=classes)
    return replace(found, notes=notes)


def read_idx_file(path: Path) -> npt.NDArray[np.uint8]:
    """Read one IDX file of unsigned bytes."""
    try:
        with _open(path) as stream:
            head = stream.read(4)
            if len(head) < 4 or head[:3] != b"\0\0\x08":
                raise DataError(f"{path} is no IDX file of bytes.")
            sizes = np.frombuffer(stream.read(4 * head[3]), ">u4").tolist()
            count = math.prod(sizes)
            refuse_large_array(str(path), sizes, 1)
            if len(sizes) != head[3]:
                raise DataError(f"{path} is damaged: it declares the shape {sizes}.")
            data = stream.read(count + 1)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"cannot read {path}: {error}") from None
    if len(data) != count:
        raise DataError(f"{path} is damaged: it should hold {count} bytes of data.")
    return np.frombuffer(data, np.uint8).reshape(sizes)


def _either(folder: Path, *names: str) -> Path | None:
    for name in names:
        for candidate in (folder / name, folder / f"{name}.gz"):
            if candidate.is_file():
                return candidate
    return None


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    with open_regular(path) as stream:
        if path.suffix != ".gz":
            yield stream
            return
        with gzip.open(stream) as unpacked:
            yield cast(IO[bytes], unpacked)
