"""Refuse folders that are one level, or one name, off a set of class folders.

Source: none; the rules are ours.
"""

from collections.abc import Sequence
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.data._listing import Listing, list_folder, subfolders
from trainwell.data._source import FLAT
from trainwell.data._split_folders import is_plain_split, split_and_rest

_WRAPPERS = 3  # folders of one folder each that are looked into
_HELD_OUT = {
    "dev", "devel", "development", "eval", "evaluation", "holdout", "heldout", "query",
}  # fmt: skip


def refuse_wrapper(root: Path, top: Listing) -> None:
    """Raise DataError for a folder around the folder that is meant."""
    if len(top.folders) != 1 or top.images:
        return
    (folder,), listing = top.folders, list_folder(top.folders[0])
    while len(listing.folders) == 1 and not listing.images:
        folder, listing = listing.folders[0], list_folder(listing.folders[0])
    names = [path.name for path in listing.folders]
    if len(names) > 1 and not listing.images:
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        raise DataError(
            f"{root} holds one folder, {folder.relative_to(root)}, with the folders "
            f"{names[0]} and {names[1]}{more}: give {folder}."
        )


def refuse_split_in_name(root: Path, top: Listing) -> None:
    """Refuse cat_train and cat_test as classes."""
    kinds: dict[tuple[str, ...], dict[str, Path]] = {}
    for path in top.folders:
        split, rest = split_and_rest(path.name)
        if split is not None and rest:
            kinds.setdefault(rest, {})[split] = path
    for rest, folders in kinds.items():
        if len(folders) > 1:
            names = " and ".join(path.name for path in folders.values())
            moves = " and ".join(f"{split}/{' '.join(rest)}" for split in folders)
            raise DataError(
                f"{root} holds {names}, which are named like splits; move them to "
                f"{moves}, so that each split has a folder per class."
            )


def refuse_same_inside(folder: Path, listing: Listing, split: str) -> None:
    """Refuse A/cat, A/dog, B/cat and B/dog: either level could be the classes."""
    tops = listing.folders
    inside = [_names_inside(top) for top in tops]
    common = [n for n in inside[0] if all(n in m for m in inside)] if inside else []
    if len(tops) < 2 or len(common) < 2:
        return
    start, splits = "^", ", and if they are splits, call them train, val or test"
    if split != FLAT:
        start, splits = "^(?P<split>[^/]+)/", ""
    upper, lower = _first(tuple(path.name for path in tops)), _first(common)
    raise DataError(
        f"{folder} holds {upper}, and each of them holds {lower}: if {upper} are the "
        f"classes, give data.pattern='{start}(?P<label>[^/]+)/'; if {lower} are, "
        f"data.pattern='{start}(.*/)?(?P<label>[^/]+)/[^/]+$'{splits}."
    )


def _names_inside(folder: Path) -> tuple[str, ...]:
    """Return the folders in a folder without images of its own, wrappers left out."""
    inner = subfolders(folder)
    for _ in range(_WRAPPERS):
        if len(inner) != 1:
            break
        folder, inner = inner[0], subfolders(inner[0])
    if len(inner) < 2 or list_folder(folder).images:
        return ()
    return tuple(path.name for path in inner)


def _first(names: Sequence[str]) -> str:
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f"{names[0]}{', ' if more else ' and '}{names[1]}{more}"


def about_split_names(top: Listing) -> tuple[str, ...]:
    """Return a note on classes that are named like splits."""
    named = [path.name for path in top.folders if is_plain_split(path.name)]
    if not named:
        return ()
    return (
        f"Read as {'classes' if len(named) > 1 else 'a class'}, not as splits, because "
        f"there are images and no class folders inside: {', '.join(named)}.",
    )


def refuse_other_splits(top: Listing, known: set[str]) -> None:
    """Refuse a folder of classes whose name says that it is held out, but not how."""
    for path in top.folders:
        held = path.name.lower().replace("_", "").replace("-", "") in _HELD_OUT
        if held and known & {inner.name for inner in subfolders(path)}:
            raise DataError(
                f"{path} holds classes of training and is named like no split; call it "
                "val to choose the weights by it, or test to report on it."
            )


def about_beside(top: Listing) -> tuple[str, ...]:
    """Return a note on images that lie beside the folders of splits."""
    if not top.images:
        return ()
    count = f"{len(top.images):,} {plural(len(top.images), 'image')}"
    return (f"Not used: {count} in no folder, first {top.images[0].name}.",)
