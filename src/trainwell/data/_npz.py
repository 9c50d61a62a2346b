"""NumPy archives of images and targets, read without unpickling.

Keys: `images, targets`; or `x_train, y_train` with `x_val, y_val, x_test, y_test`
(Keras); or `train_images, train_labels` and so on (MedMNIST), under any usual name of a
split. Optional `classes`. Other arrays are not read.

Source: NumPy enhancement proposal 1 (the .npy format).
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._arrays import read_arrays
from trainwell.data._limits import readable, refuse_large_array
from trainwell.data._source import SPELLINGS, Source

_FLAT = ("images", "targets")
_SPLIT = (("x_{}", "y_{}"), ("{}_images", "{}_labels"))

_Array = npt.NDArray[np.generic]


def read_npz(path: Path) -> Source:
    """Read the arrays of an NPZ file that hold images, targets and classes."""
    if not zipfile.is_zipfile(path):
        raise DataError(f"cannot read {path}: it is no NPZ file, or cut off.")
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(path, archive)
    except MemoryError:
        raise DataError(f"cannot read {path}: it does not fit in memory.") from None
    except DataError:
        raise
    except (
        OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, RuntimeError,
        NotImplementedError, zlib.error,
    ) as error:  # fmt: skip
        raise DataError(f"cannot read {path}: {error}") from None


def _read(path: Path, archive: zipfile.ZipFile) -> Source:
    members = {name.removesuffix(".npy"): name for name in archive.namelist()}

    used: set[str] = set()

    def array(key: str) -> _Array:
        used.add(key)
        return _read_array(archive, members[key], f"{path}, `{key}`")

    names = None
    if "classes" in members:
        names = [str(c) for c in array("classes").reshape(-1)]
    if set(_FLAT) <= members.keys():
        pair = (array(_FLAT[0]), array(_FLAT[1]))
        found = read_arrays(pair, name=str(path), classes=names)
        return replace(found, notes=_unused(members, used))
    splits = _splits(list(members), array)
    if not splits:
        raise DataError(
            f"{path} needs the arrays `images` and `targets`, or `x_train` and "
            f"`y_train`; it has {', '.join(members) or 'none'}."
        )
    found = read_arrays(splits, name=str(path), classes=names)
    return replace(found, notes=_unused(members, used))


def _unused(members: Iterable[str], used: set[str]) -> tuple[str, ...]:
    left = [name for name in members if name not in used]
    return (f"Arrays that are not read: {', '.join(left)}.",) if left else ()


def _splits(
    keys: list[str], array: Callable[[str], _Array]
) -> dict[str, tuple[_Array, _Array]]:
    found = {}
    for images, targets in _SPLIT:
        pattern = re.compile(images.format("(.+)"), re.IGNORECASE)
        for key in keys:
            named = pattern.fullmatch(key)
            if named is None or named[1].lower() not in SPELLINGS:
                continue
            wanted = targets.format(named[1]).lower()
            other = next((k for k in keys if k.lower() == wanted), None)
            if other is not None:
                found[named[1]] = array(key), array(other)
    return found


def _read_array(archive: zipfile.ZipFile, member: str, where: str) -> _Array:
    """Read one array, if the archive holds what its header declares."""
    held = archive.getinfo(member).file_size
    with archive.open(member) as stream:
        shape, dtype = _header(stream)
        if not dtype.hasobject:
            size = refuse_large_array(where, shape, dtype.itemsize)
            if size > held:
                raise DataError(
                    f"{where} declares the shape {tuple(shape)}, {readable(size)}, and "
                    f"holds {readable(held)}: the file is damaged."
                )
    with archive.open(member) as stream:
        found: _Array = np.lib.format.read_array(stream, allow_pickle=False)
        return found


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], np.dtype]:
    version = np.lib.format.read_magic(stream)
    if version == (1, 0):
        shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
    else:
        shape, _, dtype = np.lib.format.read_array_header_2_0(stream)
    return shape, dtype
