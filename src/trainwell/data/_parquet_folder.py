"""Folders of Parquet files that hold the images: Hugging Face's usual layout.

    data/train-00000-of-00002.parquet, data/train-00001-of-00002.parquet,
    data/test-00000-of-00001.parquet

Source: Hugging Face, "Hub", Data files configuration, split names in file names.
"""

import re
from pathlib import Path

from trainwell.data._listing import list_folder
from trainwell.data._parquet import read_parquet
from trainwell.data._reading import Reading
from trainwell.data._source import FLAT, SPELLINGS, BadImage, FileSplit, Source, Split


def parquet_files(root: Path) -> dict[str, list[Path]]:
    """Return the Parquet files of a folder by split; none where it holds images."""
    listing = list_folder(root)
    if not listing.files and [path.name for path in listing.folders] == ["data"]:
        return parquet_files(listing.folders[0])
    files = [path for path in listing.files if path.suffix.lower() == ".parquet"]
    if not files or listing.images or listing.folders:
        return {}
    named = [re.split(r"[-_.]", path.name.lower())[0] for path in files]
    if not all(name in SPELLINGS for name in named):
        return {FLAT: files}
    found: dict[str, list[Path]] = {}
    for path, name in zip(files, named, strict=True):
        found.setdefault(SPELLINGS[name], []).append(path)
    return found


def read_parquet_files(
    root: Path, files: dict[str, list[Path]], reading: Reading
) -> Source:
    """Read the files as one source.

    Raises:
        DataError: As for any table.
    """
    splits: dict[str, Split] = {}
    notes: dict[str, None] = {}
    bad: list[BadImage] = []
    for split, paths in files.items():
        for path in paths:
            read = read_parquet(path, reading)
            notes |= dict.fromkeys(read.notes)
            bad += read.bad
            for stated, part in read.splits.items():
                name = stated if split == FLAT else split
                whole = splits.setdefault(name, FileSplit([], [], []))
                assert isinstance(whole, FileSplit)
                assert isinstance(part, FileSplit)
                whole.paths.extend(part.paths)
                whole.labels.extend(part.labels)
                whole.groups.extend(part.groups)
    return Source(
        str(root),
        root,
        splits,
        read.classes,
        notes=tuple(notes),
        bad=tuple(bad),
        reader=read.reader,
    )
