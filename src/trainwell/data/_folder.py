"""Folders of images: one folder per class, with or without folders per split.

Files are taken by extension, in natural order; what is not read is listed, and said
where a class or a split is lost by it.

Source: the layout of ImageNet's distribution, which most tools share.
"""

from collections.abc import Iterable
from pathlib import Path

from trainwell.core.plural import plural
from trainwell.data._layout import Level, find_levels
from trainwell.data._listing import files_below, is_image_name
from trainwell.data._source import FLAT, FileSplit, Source, Split
from trainwell.data._unread import describe_unread, is_unread_picture


def read_folder(root: Path) -> Source:
    """List the images under `root` by split and class."""
    levels, notes = find_levels(root)
    splits: dict[str, Split] = {}
    ignored: list[Path] = []
    for level in levels:
        part, left, more = _read_level(root, level)
        ignored += left
        notes += more
        if part.paths or level.split == FLAT:
            splits[level.split] = part
    names = tuple(path.relative_to(root).as_posix() for path in ignored)
    return Source(str(root), root, splits, ignored=names, notes=notes)


def _read_level(
    root: Path, level: Level
) -> tuple[FileSplit, list[Path], tuple[str, ...]]:
    part, loose = FileSplit([], []), [p for p in level.loose if is_image_name(p.name)]
    ignored = [path for path in level.loose if not is_image_name(path.name)]
    empty: dict[str, list[Path]] = {}
    deep: list[Path] = []
    for name, folder in level.classes:
        files = list(files_below(folder))
        images = [path for path in files if is_image_name(path.name)]
        ignored += [path for path in files if not is_image_name(path.name)]
        part.paths.extend(images)
        part.labels.extend([name] * len(images))
        if not images:
            empty[name] = files
        elif all(path.parent != folder for path in images):
            deep.append(images[0].parent)
    notes = [
        *_about_empty(root, level, empty),
        *_about_unread(root, level, ignored, empty),
        *_about_deep(root, level, deep),
        *_about_loose(level, loose),
    ]
    return part, ignored, tuple(notes)


def _about_empty(root: Path, level: Level, empty: dict[str, list[Path]]) -> list[str]:
    if not empty:
        return []
    where = "" if level.split == FLAT else f" in {level.split}"
    files = [path.name for found in empty.values() for path in found]
    verb, noun = (
        ("holds", "is no class") if len(empty) == 1 else ("hold", "are no classes")
    )
    return [
        f"{_listed(list(empty))} {verb} no image that can be read and {noun}{where}: "
        f"{describe_unread(files)}."
    ]


def _about_unread(
    root: Path, level: Level, ignored: list[Path], empty: dict[str, list[Path]]
) -> list[str]:
    """Name pictures that are not read, in classes that have others."""
    said = {path for found in empty.values() for path in found}
    left = [p for p in ignored if p not in said and _could_be_image(p.name)]
    if not left:
        return []
    return [
        f"Not read: {describe_unread(p.name for p in left)}, first "
        f"{left[0].relative_to(root).as_posix()}."
    ]


def _could_be_image(name: str) -> bool:
    return is_unread_picture(name) or "." not in name


def _about_deep(root: Path, level: Level, deep: list[Path]) -> list[str]:
    if not deep:
        return []
    inside = deep[0].relative_to(root).as_posix()
    top = level.folder
    name = next((n for n, f in level.classes if f in (deep[0], *deep[0].parents)), "")
    return [
        f"The class is the name of the folder directly in {top}: images in {inside} "
        f"count as {name}."
    ]


def _about_loose(level: Level, loose: list[Path]) -> list[str]:
    if not loose:
        return []
    count = f"{len(loose):,} {plural(len(loose), 'image')}"
    they = ("it has", "is", "it") if len(loose) == 1 else ("they have", "are", "them")
    where = loose[0].parent
    return [
        f"{level.folder if level.split == FLAT else level.split} holds {count} in no "
        f"class folder: {they[0]} no label and {they[1]} not used; `trainwell predict "
        f"RUN {where}` answers {they[2]}."
    ]


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    if len(shown) > 5:
        return f"{', '.join(shown[:5])} and {len(shown) - 5} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
