"""The sets of the benchmark, as folders of train, val and test images."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from sklearn.model_selection import train_test_split


@dataclass(frozen=True)
class Set:
    """One row of the yardstick.

    Attributes:
        seconds: What `train.time` is set to; what peers may take.
        prepare: Given the folder of all data, a folder to fill and a seed, returns
            where the set lies, or None if it is not there.
        sizes: Sides of the images that peers are run with; all are compared with us.
        by_seed: Whether each seed has images of its own.
    """

    seconds: float
    prepare: Callable[[Path, Path, int], Path | None]
    sizes: tuple[int, ...] = (224,)
    by_seed: bool = False


def folder(name: str) -> Callable[[Path, Path, int], Path | None]:
    """Return what finds a set that lies in a folder of its own."""

    def find(data: Path, into: Path, seed: int) -> Path | None:
        return data / name if (data / name / "train").is_dir() else None

    return find


def drawn(name: str, per_class: int) -> Callable[[Path, Path, int], Path | None]:
    """Return what draws as many training images of each class, and copies the rest."""

    def draw(data: Path, into: Path, seed: int) -> Path | None:
        if not (data / name / "train").is_dir():
            return None
        random = np.random.default_rng(seed)
        for split in sorted(p.name for p in (data / name).iterdir() if p.is_dir()):
            for group in sorted((data / name / split).iterdir()):
                files = sorted(group.iterdir())
                if split == "train":
                    files = [files[i] for i in random.permutation(len(files))]
                    files = files[:per_class]
                (into / split / group.name).mkdir(parents=True)
                for file in files:
                    shutil.copy(file, into / split / group.name)
        return into

    return draw


def digits(data: Path, into: Path, seed: int) -> Path:
    from sklearn.datasets import load_digits

    found = load_digits()
    images = np.rint(found.images * (255 / 16)).astype(np.uint8)
    train, test = _split(np.arange(len(images)), found.target, 360)
    _write(into, {"train": train, "test": test}, images, found.target)
    return into


def solar(data: Path, into: Path, seed: int) -> Path | None:
    """Solar cells by their probability of a defect: 0, 1/3, 2/3, 1."""
    try:
        from elpv_dataset.utils import load_dataset
    except ImportError:
        return None
    images, probabilities, _ = load_dataset()
    labels = np.rint(3 * probabilities).astype(int)
    rest, test = _split(np.arange(len(images)), labels, 656)
    train, val = _split(rest, labels[rest], 262)
    _write(into, {"train": train, "val": val, "test": test}, images, labels)
    return into


def cifar10(data: Path, into: Path, seed: int) -> Path | None:
    """The whole set: as folders of images, or as its original binary files."""
    if (data / "cifar10" / "train").is_dir():
        return data / "cifar10"
    files = {p.name: p for p in sorted(data.glob("cifar*/**/*_batch*.bin"))}
    if len(files) != 6:
        return None
    numbers = [np.fromfile(f, np.uint8).reshape(-1, 3073) for f in files.values()]
    rows = np.concatenate(numbers)
    images = rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    splits = {"train": range(50_000), "test": range(50_000, 60_000)}
    _write(into, splits, images, rows[:, 0])
    return into


def _split(indices: Any, labels: Any, held_out: int) -> Any:
    return train_test_split(
        indices, test_size=held_out, stratify=labels, random_state=0
    )


def _write(
    into: Path, splits: dict[str, Iterable[int]], images: Any, labels: Any
) -> None:
    for split, indices in splits.items():
        for i in indices:
            path = into / split / str(labels[i]) / f"{i:05}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(images[i]).save(path, compress_level=1)


SETS = {
    "clothing": Set(60, folder("clothing")),
    "grocery": Set(60, folder("grocery")),
    "cifar10_mini": Set(40, folder("cifar10_mini"), sizes=(32, 128)),
    "clothing_10": Set(20, drawn("clothing", 10), by_seed=True),
    "solar": Set(60, solar),
    "digits": Set(20, digits, sizes=(32,)),
    "cifar10": Set(240, cifar10, sizes=(32, 128)),
}


def prepared(name: str, data: Path, work: Path, seed: int) -> Path | None:
    """Return the folder of a set, made on first use; None if its images are missing."""
    chosen = SETS[name]
    into = work / "images" / (f"{name}_{seed}" if chosen.by_seed else name)
    if into.exists():
        return into
    part = into.with_name(f"{into.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    found = chosen.prepare(data, part, seed)
    return part.rename(into) if found == part else found
