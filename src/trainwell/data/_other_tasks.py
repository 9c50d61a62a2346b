"""Refuse folders of a task that is not classification, and say what they look like.

    pictures beside masks              segmentation
    pictures beside annotations        detection
    pictures beside captions           captioning
    pictures beside a table            the table has the labels

A name alone decides nothing: classes may be called `mask` and `no_mask`. It takes a
folder named like pictures, or one named like a split that holds images directly.

Source: none; the names are those of data sets in use.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.data._listing import Listing, images_below, list_folder
from trainwell.data._split_folders import is_plain_split, split_and_rest

_PICTURES = {
    "images", "image", "imgs", "img", "jpegimages", "jpgimages", "photos", "pictures",
    "pics", "input", "inputs", "frames", "rgb", "leftimgbit", "original", "originals",
}  # fmt: skip
_MASKS = {
    "masks", "mask", "segmentation", "segmentations", "segmentationclass",
    "segmentationobject", "segmentationmasks", "groundtruth", "gt", "gtfine",
    "trimaps", "trimap", "target", "targets", "label", "labels", "annotations",
    "annotation", "output", "outputs", "alpha", "matte", "depth", "edges",
}  # fmt: skip
_BOXES = {
    "annotations", "annotation", "anns", "labels", "label", "labelsyolo", "labeltxt",
    "xmls", "xml", "boxes", "bboxes", "boundingboxes", "imagesets",
}  # fmt: skip
_CAPTIONS = {"captions", "caption", "text", "texts"}
_TABLES = (".csv", ".tsv", ".parquet", ".jsonl", ".xlsx")


def refuse_other_tasks(folder: Path, top: Listing) -> None:
    """Look at one level of a tree of images.

    Raises:
        DataError: It is of another task, or its labels are in a table.
    """
    pictures = [path for path in top.folders if _plain(path) in _PICTURES]
    flat = [p for p in top.folders if is_plain_split(p.name) and list_folder(p).images]
    flat = [path for path in flat if not list_folder(path).folders]
    seen = pictures or flat
    task = _task(top, seen, pictures)
    if task is not None:
        which, what = task
        advice = _advice(pictures)
        raise DataError(
            f"{seen[0]} and {which} look like a {what} set, which trainwell does not "
            f"train on: it needs one folder per class, or a table of images and "
            f"classes.{advice}"
        )
    table = next((p for p in top.files if p.suffix.lower() in _TABLES), None)
    if table is not None and _without_classes(top, seen):
        give = (
            f"give that table: {table}"
            if table.suffix.lower() in (".csv", ".tsv", ".jsonl", ".parquet")
            else "save that table as CSV and give it"
        )
        raise DataError(
            f"{folder} holds images in no class folders, and the table {table.name}: "
            f"{give}, with the columns path and target."
        )


def labels_beside(top: Listing) -> tuple[str, ...]:
    """Return a note on tables beside class folders, which are not read."""
    tables = [p.name for p in top.files if p.suffix.lower() in _TABLES]
    if not tables:
        return ()
    return (
        f"The labels are those of the folders; {', '.join(tables[:3])} beside them is "
        "not read. Give the table itself to use it.",
    )


def _task(
    top: Listing, seen: list[Path], pictures: list[Path]
) -> tuple[Path, str] | None:
    if not seen:
        return None
    for path in top.folders:
        named = _plain(path)
        if path in seen or not named:
            continue
        has_images = next(images_below(path), None) is not None
        of_split = split_and_rest(path.name)[0] is not None
        if named in _MASKS and has_images and (pictures or of_split):
            return path, "segmentation"
        if (
            named in _BOXES
            and not has_images
            and _holds(path, (".xml", ".json", ".txt", ".csv"))
        ):
            return path, "detection"
        if named in _CAPTIONS and not has_images:
            return path, "captioning"
    for path in top.files:
        name = path.name.lower()
        if "caption" in name or name == "results.csv" or name.endswith(".token.txt"):
            return path, "captioning"
        if name.endswith(".json") and re.search("coco|instances|annotation|bbox", name):
            return path, "detection"
    return None


def _advice(pictures: list[Path]) -> str:
    """Point at pictures that lie in folders of classes nevertheless."""
    for path in pictures:
        inner = [p.name for p in list_folder(path).folders]
        if len(inner) > 1 and not all(map(is_plain_split, inner)):
            return f" If {inner[0]} and {inner[1]} are classes, give {path}."
    return ""


def _without_classes(top: Listing, seen: list[Path]) -> bool:
    """Tell whether no folder looks like a class."""
    holding = [p for p in top.folders if next(images_below(p), None) is not None]
    lone = len(holding) == 1 and not list_folder(holding[0]).folders
    return (
        lone
        or (not holding and bool(top.images))
        or (bool(holding) and set(holding) <= set(seen) and not _nested(holding))
    )


def _nested(folders: list[Path]) -> bool:
    return any(list_folder(path).folders for path in folders)


def _holds(folder: Path, suffixes: tuple[str, ...]) -> bool:
    return any(path.suffix.lower() in suffixes for path in _some(folder))


def _some(folder: Path) -> Iterator[Path]:
    listing = list_folder(folder)
    yield from listing.files
    for inner in listing.folders:
        yield from list_folder(inner).files


def _plain(path: Path) -> str:
    """Return a name without case, digits, signs and the word for a split."""
    split, rest = split_and_rest(path.name)
    named = "".join(rest) if split is not None and rest else path.name
    return re.sub("[^a-z]", "", named.lower())
