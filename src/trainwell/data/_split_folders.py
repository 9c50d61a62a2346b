"""Tell from folders' names, and from what is inside, which are the splits of a set.

    train, Training Data, test_set, val2017        say it alone
    seg_train and seg_test                         say it together

A folder says which split it holds only if it holds folders, for a class may be called
`train`, too.

Source: none; the names are those of data sets in use.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._listing import Listing, list_folder
from trainwell.data._source import SPELLINGS

_FILLERS = ("set", "data", "dataset", "images", "image", "imgs", "img", "split")
_WORDS = {
    spelling + filler: split
    for spelling, split in SPELLINGS.items()
    for filler in ("", *_FILLERS)
}


@dataclass(frozen=True)
class SplitFolder:
    """A folder whose name says train, val or test.

    Attributes:
        split: Which.
        path: The folder.
        listing: What is in it.
    """

    split: str
    path: Path
    listing: Listing


def split_and_rest(name: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the split that a folder's name says, and the name's other words."""
    words = [w.lower() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
    found = {_WORDS[w] for w in words if w in _WORDS}
    rest = tuple(w for w in words if w not in _WORDS and w not in _FILLERS)
    return (found.pop() if len(found) == 1 else None), rest


def is_plain_split(name: str) -> bool:
    """Tell whether a folder's name says which split it holds, and nothing else."""
    split, rest = split_and_rest(name)
    return split is not None and not rest


def find_split_folders(folders: Sequence[Path]) -> list[SplitFolder]:
    """Return those that are splits by name: one or more, or several of one kind."""
    kinds: dict[tuple[str, ...], list[SplitFolder]] = {}
    for path in folders:
        split, rest = split_and_rest(path.name)
        if split is not None:
            found = SplitFolder(split, path, list_folder(path))
            kinds.setdefault(rest, []).append(found)
    for rest in sorted(kinds, key=len):
        several = len({found.split for found in kinds[rest]}) > 1
        if (not rest or several) and any(f.listing.folders for f in kinds[rest]):
            return kinds[rest]
    return []


def are_classes(root: Path, found: Sequence[SplitFolder], top: Listing) -> bool:
    """Tell whether a lone folder named like a split is a class among the others.

    Raises:
        DataError: It could be either.
    """
    holding = [part for part in found if part.listing.folders]
    if len(holding) != 1:
        return False
    lone, named = holding[0], [part.path for part in found]
    beside = {p.name: list_folder(p) for p in top.folders if p not in named}
    flat = [n for n, inner in beside.items() if inner.images and not inner.folders]
    if not flat or lone.listing.images or len(found) > 1:
        return bool(flat) and bool(lone.listing.images)
    names = [path.name for path in lone.listing.folders]
    if not set(names) & set(flat) and len(flat) > 1:
        return True
    raise DataError(
        f"{lone.path} is named like a split and holds the folders {_listed(names)}, "
        f"and beside it lies {_listed(flat)} with images: as a class, take the "
        f"folders out of {lone.path.name}; as a split, move the images beside it "
        f"into {root / 'train'} or away."
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more
