"""Folders of images: one folder per class, with or without folders per split.

    root/<class>/**            or            root/{train,val,test}/<class>/**

A root with a folder `train` that holds folders is read as splits. Files are taken by
extension, in natural order; hidden files and other extensions are ignored and listed.

Source: the layout of ImageNet's distribution, which most tools share.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._classes import class_name, natural_key
from trainwell.data._pillow import extensions
from trainwell.data._source import (
    FLAT,
    FileSplit,
    Source,
    Split,
    is_split_name,
    split_name,
)


def read_folder(root: Path) -> Source:
    """List the images under `root` by split and class."""
    folders = _folders(root)
    by_split = [f for f in folders if is_split_name(f.name)]
    if any(split_name(f.name, "") == "train" and _folders(f) for f in by_split):
        return _read_splits(root, by_split)
    if not folders:
        raise DataError(
            f"{root} holds no folders; a folder source needs one folder per class, "
            "such as photos/cat/1.jpg and photos/dog/2.jpg."
        )
    part, ignored = _read_classes(root, root)
    return Source(str(root), root, {FLAT: part}, ignored=ignored)


def is_image_name(name: str) -> bool:
    """Tell by its extension whether a file claims to be an image."""
    return not name.startswith(".") and Path(name).suffix.lower() in extensions()


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below a folder in natural order; links are followed once."""
    scanned: set[str] = set()
    for where, names, files in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in scanned:
            names.clear()
            continue
        scanned.add(real)
        names[:] = sorted((n for n in names if not n.startswith(".")), key=natural_key)
        for name in sorted(files, key=natural_key):
            yield Path(where, name)


def _read_splits(root: Path, by_split: list[Path]) -> Source:
    splits: dict[str, Split] = {}
    ignored: tuple[str, ...] = ()
    for folder in by_split:
        split = split_name(folder.name, str(root))
        if split in splits:
            raise DataError(f"{root} has two folders for the split {split}; keep one.")
        part, left = _read_classes(root, folder)
        ignored += left
        if part.paths:
            splits[split] = part
    others = [f.name for f in _folders(root) if f not in by_split]
    notes = (
        (f"Folders beside train are not used: {', '.join(others)}.",) if others else ()
    )
    return Source(str(root), root, splits, ignored=ignored, notes=notes)


def _read_classes(root: Path, folder: Path) -> tuple[FileSplit, tuple[str, ...]]:
    paths: list[Path] = []
    labels: list[str] = []
    ignored = [
        path.relative_to(root).as_posix()
        for path in sorted(folder.iterdir(), key=lambda p: natural_key(p.name))
        if path.is_file()
    ]
    for class_folder in _folders(folder):
        for path in files_below(class_folder):
            if is_image_name(path.name):
                paths.append(path)
                labels.append(class_name(class_folder.name))
            else:
                ignored.append(path.relative_to(root).as_posix())
    return FileSplit(paths, labels), tuple(ignored)


def _folders(folder: Path) -> list[Path]:
    found = [
        path
        for path in folder.iterdir()
        if path.is_dir() and not path.name.startswith(".")
    ]
    return sorted(found, key=lambda path: natural_key(path.name))
