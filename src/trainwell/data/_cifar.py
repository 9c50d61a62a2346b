"""CIFAR-10 and CIFAR-100 in their binary versions, from the archive or unpacked.

    record = label (CIFAR-100: coarse label, fine label), then 3 x 32 x 32 bytes

The Python versions of these sets are pickles and are not read.

Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009,
and the "binary version" paragraphs of its data page.
"""

import gzip
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, cast

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.files import open_regular, read_regular
from trainwell.data._arrays import read_arrays
from trainwell.data._limits import BoundedReader
from trainwell.data._source import Source

_PIXELS = 3 * 32 * 32
_UNPACKED = 1 << 28  # bytes of an archive at most; the sets have 184 MB
_TEN = {
    "train": tuple(f"data_batch_{i}.bin" for i in range(1, 6)),
    "test": ("test_batch.bin",),
}
_HUNDRED = {"train": ("train.bin",), "test": ("test.bin",)}


def has_cifar10(folder: Path) -> bool:
    """Tell whether the folder holds the ten-class set."""
    return _has(folder, "cifar-10-binary.tar.gz", "data_batch_1.bin")


def has_cifar100(folder: Path) -> bool:
    """Tell whether the folder holds the hundred-class set."""
    return _has(folder, "cifar-100-binary.tar.gz", "fine_label_names.txt")


def read_cifar10(folder: Path) -> Source:
    """Read the ten-class set."""
    names = ["batches.meta.txt", *_TEN["train"], *_TEN["test"]]
    files = _files(folder, "cifar-10-binary.tar.gz", names)
    return _source("cifar10", files, _TEN, "batches.meta.txt", 1)


def read_cifar100(folder: Path) -> Source:
    """Read the hundred-class set with its fine labels."""
    names = ["fine_label_names.txt", *_HUNDRED["train"], *_HUNDRED["test"]]
    files = _files(folder, "cifar-100-binary.tar.gz", names)
    return _source("cifar100", files, _HUNDRED, "fine_label_names.txt", 2)


def _has(folder: Path, archive: str, sign: str) -> bool:
    return (folder / archive).is_file() or (folder / sign).is_file()


def _files(folder: Path, archive: str, names: list[str]) -> dict[str, bytes]:
    """Return the named files' bytes; the archive is read, never unpacked to disk."""
    try:
        if (folder / names[-1]).is_file():
            return {name: read_regular(folder / name) for name in names}
        found = {}
        with (
            open_regular(folder / archive) as file,
            gzip.open(file) as unpacked,
            tarfile.open(
                fileobj=cast(
                    IO[bytes], BoundedReader(unpacked, _UNPACKED, folder / archive)
                ),
                mode="r|",
            ) as packed,
        ):
            for member in packed:
                name = member.name.rsplit("/", 1)[-1]
                stream = packed.extractfile(member) if name in names else None
                if stream is not None:
                    found[name] = stream.read()
    except DataError:
        raise
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise DataError(f"cannot read {folder / archive}: {error}") from None
    missing = [name for name in names if name not in found]
    if missing:
        raise DataError(f"{folder / archive} lacks {', '.join(missing)}.")
    return found


def _opened(unpacked: gzip.GzipFile, path: Path) -> tarfile.TarFile:
    bounded = BoundedReader(unpacked, _UNPACKED, path)
    return tarfile.open(fileobj=cast(IO[bytes], bounded), mode="r|")


def _source(
    name: str,
    files: dict[str, bytes],
    splits: Mapping[str, tuple[str, ...]],
    names_file: str,
    num_labels: int,
) -> Source:
    classes = files[names_file].decode("utf-8", "replace").split()
    pairs = {}
    for split, members in splits.items():
        data = b"".join(files[member] for member in members)
        pairs[split] = _records(np.frombuffer(data, np.uint8), num_labels, name)
    return read_arrays(pairs, name=name, classes=classes)


def _records(
    data: npt.NDArray[np.uint8], num_labels: int, name: str
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    if len(data) % (num_labels + _PIXELS):
        raise DataError(f"{name}: a file is cut off; fetch it again.")
    records = data.reshape(-1, num_labels + _PIXELS)
    planes = records[:, num_labels:].reshape(-1, 3, 32, 32)
    images = np.ascontiguousarray(planes.transpose(0, 2, 3, 1))
    return images, records[:, num_labels - 1]
