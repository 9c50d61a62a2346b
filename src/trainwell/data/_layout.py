"""Find out where the splits and the classes of a folder are, or say what it is.

    root/<class>/**                    no splits
    root/<split>/<class>/**            splits, under any usual name or nesting
    root/<class>/<split>/**            splits inside the classes

Source: the layout of ImageNet's distribution, which most tools share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._classes import class_name
from trainwell.data._layout_refusals import (
    about_beside,
    about_split_names,
    refuse_other_splits,
    refuse_same_inside,
    refuse_split_in_name,
    refuse_wrapper,
)
from trainwell.data._listing import Listing, list_folder, subfolders
from trainwell.data._other_tasks import labels_beside, refuse_other_tasks
from trainwell.data._source import FLAT, SPLITS
from trainwell.data._split_folders import (
    SplitFolder,
    are_classes,
    find_split_folders,
    is_plain_split,
    split_and_rest,
)

_UNLABELLED = {
    "images", "image", "imgs", "img", "all", "data", "unknown", "unlabelled",
    "unlabeled", "test", "testing", "files",
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    """The place of one split's classes.

    Attributes:
        split: train, val, test or all.
        folder: The folder.
        classes: Class name and folder, for each folder with images of the class.
        loose: Files that lie beside the class folders.
    """

    split: str
    folder: Path
    classes: tuple[tuple[str, Path], ...]
    loose: tuple[Path, ...]


def find_levels(root: Path) -> tuple[list[Level], tuple[str, ...]]:
    """Return where each split's classes are, and notes on how that was seen.

    Raises:
        DataError: It is no set of images in class folders.
    """
    top = list_folder(root)
    refuse_other_tasks(root, top)
    found = find_split_folders(top.folders)
    if found and not are_classes(root, found, top):
        return _split_levels(top, found)
    if not top.folders:
        raise DataError(
            f"{root} holds no folders; a folder source needs one folder per class, "
            "such as photos/cat/1.jpg and photos/dog/2.jpg."
        )
    inside = _inside_classes(root, top)
    if inside is not None:
        note = "The folders in each class are read as its splits."
        return inside, (note, *about_beside(top))
    refuse_wrapper(root, top)
    refuse_split_in_name(root, top)
    notes = labels_beside(top) + about_split_names(top)
    return [_level(FLAT, root, top)], notes


def _level(split: str, folder: Path, listing: Listing) -> Level:
    refuse_same_inside(folder, listing, split)
    classes = tuple((class_name(path.name), path) for path in listing.folders)
    return Level(split, folder, classes, listing.files)


def _split_levels(
    top: Listing, found: Sequence[SplitFolder]
) -> tuple[list[Level], tuple[str, ...]]:
    levels: dict[str, Level] = {}
    known: set[str] = set()
    for part in sorted(found, key=lambda part: SPLITS.index(part.split)):
        if part.split in levels:
            raise DataError(
                f"{part.path.parent} has two folders for the split {part.split}; "
                "keep one."
            )
        level = _split_level(part, known)
        levels[part.split] = level
        if part.split == "train":
            known = {path.name for _, path in level.classes}
    notes = _renamed(found)
    others = [p.name for p in top.folders if p not in [part.path for part in found]]
    refuse_other_splits(top, known)
    if others:
        first = next((f for f in found if f.split == "train"), found[0])
        notes += (
            f"Folders beside {first.path.name} are not used: {', '.join(others)}.",
        )
    return list(levels.values()), notes + labels_beside(top) + about_beside(top)


def _split_level(part: SplitFolder, known: set[str]) -> Level:
    """Return where a split's classes are; `known` are the classes of training."""
    folder, listing = _unwrapped(part.path, part.listing, known)
    refuse_other_tasks(folder, listing)
    if part.split != "train" and _is_unlabelled(listing, known):
        inner = [list_folder(path).images for path in listing.folders]
        files = listing.files + tuple(path for found in inner for path in found)
        return Level(part.split, part.path, (), files)
    return _level(part.split, folder, listing)


def _renamed(found: Sequence[SplitFolder]) -> tuple[str, ...]:
    names = [f"{f.path.name} as {f.split}" for f in found]
    plain = all(f.path.name.lower() == f.split for f in found)
    usual = all(split_and_rest(f.path.name)[1] == () for f in found)
    short = usual and all(f.path.name.isalpha() for f in found)
    return () if plain or short else (f"Read {', '.join(names)}.",)


def _unwrapped(folder: Path, listing: Listing, known: set[str]) -> tuple[Path, Listing]:
    """Go into a folder that holds nothing but one folder of folders."""
    while len(listing.folders) == 1 and not listing.images:
        (inner,) = listing.folders
        within = list_folder(inner)
        if inner.name in known or not within.folders or within.images:
            break
        folder, listing = inner, within
    return folder, listing


def _is_unlabelled(listing: Listing, known: set[str]) -> bool:
    """Tell whether a split holds images in no class folder."""
    if not listing.folders:
        return bool(listing.images)
    names = {path.name for path in listing.folders}
    return (
        len(names) == 1
        and not names & known
        and {name.lower() for name in names} <= _UNLABELLED
    )


def _inside_classes(root: Path, top: Listing) -> list[Level] | None:
    """Return the splits inside the classes, if every class has some."""
    holding = {p: found for p in top.folders if (found := subfolders(p))}
    if not any(map(_are_splits, holding.values())):
        return None
    inner = {path: list_folder(path) for path in top.folders}
    split = {p: inner[p] for p, found in holding.items() if _are_splits(found)}
    several = [p for p, one in split.items() if len(one.folders) > 1]
    rest = [p for p in inner if p not in split and (inner[p].images or p in holding)]
    mixed = [p for p in several if inner[p].images]
    if several and (rest or mixed):
        other = (mixed or rest)[0]
        raise DataError(
            f"{several[0]} holds folders named like splits "
            f"({', '.join(p.name for p in inner[several[0]].folders)}), {other} holds "
            "images outside of such; give every class the same folders."
        )
    if rest or not split or (not several and len(split) < 2):
        return None
    if any(map(_holds_classes, (p for found in split for p in inner[found].folders))):
        if len(split) == 1:
            return None
        sets = " and ".join(map(str, list(split)[:2]))
        raise DataError(
            f"{sets} hold splits with class folders each: give one of them."
        )
    parts: dict[str, list[tuple[str, Path]]] = {}
    for path, listing in split.items():
        seen = [split_and_rest(inside.name)[0] or "" for inside in listing.folders]
        if len(set(seen)) < len(seen):
            raise DataError(f"{path} has two folders for one split; keep one.")
        for name, inside in zip(seen, listing.folders, strict=True):
            parts.setdefault(name, []).append((class_name(path.name), inside))
    return [Level(name, root, tuple(found), ()) for name, found in parts.items()]


def _holds_classes(folder: Path) -> bool:
    listing = list_folder(folder)
    return len(listing.folders) > 1 and not listing.images


def _are_splits(folders: Sequence[Path]) -> bool:
    return all(is_plain_split(path.name) for path in folders)
