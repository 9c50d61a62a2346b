"""Well-known data sets by name: where they may lie already, and where they come from.

Looked for in `$TRAINWELL_DATA` and the folder of the set's name in it, then in the
usual places of the system and of other tools, then in trainwell's cache; fetched into
that cache from the official address otherwise.

Source: the data pages of the sets; each reader names its own.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from trainwell.core.errors import DataError
from trainwell.core.home import expanded, home
from trainwell.core.progress import Progress
from trainwell.data import _cifar, _eurosat, _idx, _svhn
from trainwell.data._arrays import read_arrays
from trainwell.data._fetch import Remote, fetch
from trainwell.data._scan_cache import folder as cache_folder
from trainwell.data._source import Source

_MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist"
_FASHION = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com"
_CIFAR = "https://www.cs.toronto.edu/~kriz"
_SVHN = "http://ufldl.stanford.edu/housenumbers"
_DIGITS = tuple("0123456789")
_GARMENTS = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


@dataclass(frozen=True)
class BuiltIn:
    """A set that is kept as files: how to know, read and fetch it."""

    mirror: bool
    has: Callable[[Path], bool]
    read: Callable[[Path], Source]
    folders: tuple[str, ...]
    files: tuple[Remote, ...]


def _idx_files(base: str, sums: tuple[str, str, str, str]) -> tuple[Remote, ...]:
    kinds = ("images-idx3", "labels-idx1")
    names = [f"{split}-{kind}" for split in ("train", "t10k") for kind in kinds]
    return tuple(
        Remote(f"{base}/{name}-ubyte.gz", md5)
        for name, md5 in zip(names, sums, strict=True)
    )


_KEPT = {
    "fashion-mnist": BuiltIn(
        mirror=True,
        has=lambda folder: _idx.starts_with(folder, b"\x09\0\0\x03\0\x02\x07\x02"),
        read=lambda folder: _idx.read_idx(
            folder, name="fashion-mnist", classes=_GARMENTS
        ),
        folders=("FashionMNIST/raw", "fashion_mnist"),
        files=_idx_files(
            _FASHION,
            (
                "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                "25c81989df183df01b3e8a0aad5dffbe",
                "bef4ecab320f06d8554ea6380940ec79",
                "bb300cfdad3c16e7a12a480ee83cd310",
            ),
        ),
    ),
    "mnist": BuiltIn(
        mirror=False,
        has=lambda folder: _idx.starts_with(folder, b"\x05\0\x04\x01\x09\x02\x01\x03"),
        read=lambda folder: _idx.read_idx(folder, name="mnist", classes=_DIGITS),
        folders=("MNIST/raw",),
        files=_idx_files(
            _MNIST,
            (
                "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                "d53e105ee54ea40749a09fcbcd1e9432",
                "9fb629c4189551a2d022fa330f9573f3",
                "ec29112dd5afa0611ce80d1b7f02629c",
            ),
        ),
    ),
    "cifar10": BuiltIn(
        mirror=True,
        has=_cifar.has_cifar10,
        read=_cifar.read_cifar10,
        folders=("cifar-10-batches-bin", "cifar10/cifar-10-batches-bin"),
        files=(
            Remote(
                f"{_CIFAR}/cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"
            ),
        ),
    ),
    "cifar100": BuiltIn(
        mirror=True,
        has=_cifar.has_cifar100,
        read=_cifar.read_cifar100,
        folders=("cifar-100-binary", "cifar100/cifar-100-binary"),
        files=(
            Remote(
                f"{_CIFAR}/cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8"
            ),
        ),
    ),
    "svhn": BuiltIn(
        mirror=False,
        has=_svhn.has_svhn,
        read=_svhn.read_svhn,
        folders=("SVHN",),
        files=(
            Remote(f"{_SVHN}/train_32x32.mat", "e26dedcc434d2e4c54c9b2d4a06d8373"),
            Remote(f"{_SVHN}/test_32x32.mat", "eb5a983be6a315427106f1b164d9cef3"),
        ),
    ),
    "eurosat": BuiltIn(
        mirror=True,
        has=_eurosat.has_eurosat,
        read=_eurosat.read_eurosat,
        folders=("eurosat/2750", "2750", "EuroSAT_RGB", "EuroSAT"),
        files=(
            Remote(
                "https://madm.dfki.de/files/sentinel/EuroSAT.zip",
                "c8fa014336c82ac7804f0398fcb19387",
            ),
        ),
    ),
}

BUILT_IN = ("digits", *_KEPT)
"""The names that `load` knows."""


def read_built_in(name: str, progress: Progress) -> Source:
    """Read a built-in set, fetching it if it lies nowhere here."""
    if name == "digits":
        return _read_digits()
    kept = _KEPT[name]
    folder = next((f for f in _places(name, kept) if kept.has(f)), None)
    if folder is None:
        folder = cache_folder() / "datasets" / name
        try:
            for remote in kept.files:
                fetch(remote, folder, progress)
        except DataError as error:
            wanted = ", ".join(remote.name for remote in kept.files)
            raise DataError(
                f"{error}. Put {wanted} into {folder}, or into "
                f"$TRAINWELL_DATA/{name}, and run again."
            ) from None
    return replace(kept.read(folder), mirror=kept.mirror)


def _places(name: str, kept: BuiltIn) -> Iterator[Path]:
    folder = os.environ.get("TRAINWELL_DATA")
    bases = [expanded(folder)] if folder else []
    bases.append(Path("data"))
    if (own := home()) is not None:
        bases += [own / "data", own / ".torch" / "datasets"]
    bases += [Path("/usr/share/datasets"), Path("/usr/local/share/datasets")]
    bases += [cache_folder() / "datasets"]
    for base in bases:
        for inside in ("", name, *kept.folders):
            yield base / inside


def _read_digits() -> Source:
    """Return scikit-learn's 1,797 handwritten digits, 8 x 8, pixel values 0 to 16."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = np.rint(digits.images * (255 / 16)).astype(np.uint8)
    source = read_arrays((images, digits.target), name="digits", classes=_DIGITS)
    return replace(source, mirror=False)
