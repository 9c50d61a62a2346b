"""Find out which columns of a table hold images, classes, groups and splits.

by option   data.image_column, data.target_column, data.group_column
by name     `path`, `image`, `file_name`, ...; `target`, `label`, `class`, ...
by content  paths that end like images; the only other column; columns of 0 and 1

Source: none; the names are those of tables in use.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.data._listing import is_image_name
from trainwell.data._reading import Reading
from trainwell.data._table_splits import about_splits, looks_like_splits

IMAGE_NAMES = (
    "path", "image", "file", "filename", "filepath", "imagepath", "imagefile",
    "imagename", "imagefilename", "img", "imgpath", "imgname", "picture", "photo",
)  # fmt: skip
ID_NAMES = ("imageid", "imgid", "idcode", "id", "uri", "name")
TARGET_NAMES = (
    "target", "label", "labels", "class", "category", "classname", "labelname",
    "categoryname", "classlabel", "y", "diagnosis", "species", "breed", "classid",
    "labelid", "categoryid",
)  # fmt: skip
_SHOWN, _LONGEST = 3, 40


@dataclass(frozen=True)
class Columns:
    """The columns that are used.

    Attributes:
        image: Images: paths, ids or bytes.
        target: Classes; empty where they are columns of 0 and 1.
        one_hot: Columns of 0 and 1, whose names are the classes.
        group: Groups, or empty.
        split: Splits, or empty.
        notes: What was guessed, and what looks like splits, in sentences.
    """

    image: str
    target: str
    one_hot: tuple[str, ...]
    group: str
    split: str
    notes: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that is read."""
        names = (self.image, self.target, self.group, self.split, *self.one_hot)
        return tuple(name for name in names if name)


def find_columns(
    where: str, names: Sequence[str], head: Callable[[str], list[Any]], reading: Reading
) -> Columns:
    """Return the columns of a table.

    Args:
        where: Name of the table in messages.
        names: Names of its columns.
        head: Returns the first values of a column.
        reading: What the user says.

    Raises:
        DataError: One that is named is not there, or none is found.
    """
    image = named_column(where, names, reading, "image_column")
    target = named_column(where, names, reading, "target_column")
    group = named_column(where, names, reading, "group_column")
    names = [n for n in names if n and not n.startswith("Unnamed: ")]
    split = next((n for n in names if _plain(n) == "split"), "")
    split = "" if split in (image, target, group) else split
    free = [n for n in names if n not in (image, target, group, split)]
    image = image or usual_column(free, IMAGE_NAMES) or column_of_paths(free, head)
    image = image or usual_column(free, ID_NAMES)
    free = [n for n in free if n != image]
    target = target or usual_column(free, TARGET_NAMES)
    splits = [n for n in free if n != target and looks_like_splits(n, head)]
    free = [n for n in free if n not in splits]
    one_hot: tuple[str, ...] = ()
    if image and not target:
        one_hot = tuple(n for n in free if _zeros_and_ones(head(n)))
        one_hot = one_hot if len(one_hot) > 1 else ()
        target = free[0] if len(free) == 1 and not one_hot else ""
    if not image or not (target or one_hot):
        if any(is_image_name(Path(n).name) for n in names):
            raise DataError(
                f"{where} has no header: its first line is {described(names)}. Write "
                "the names of the columns above it, such as path,target."
            )
        what, key = ("images", "image") if not image else ("classes", "target")
        raise DataError(
            f"{where} needs the columns path and target (and perhaps split), or others "
            f"of usual names; say which holds the {what} by data.{key}_column=NAME: it "
            f"has {described(names)}."
        )
    notes = _note(image, target, one_hot, reading) + about_splits(splits)
    return Columns(image, target, one_hot, group, split, notes)


def described(names: Sequence[str]) -> str:
    """Return the names of columns, the first of very many.

    Example:
        >>> described(["label", "pixel0", "pixel1", "pixel2", "pixel3", "pixel4"])
        'label, pixel0, pixel1, ... (6 columns)'
    """
    names = [" ".join(name.split())[:_LONGEST] for name in names]
    if len(names) <= _SHOWN + 2:
        return ", ".join(names) or "none"
    return f"{', '.join(names[:_SHOWN])}, ... ({len(names)} columns)"


def refuse_repeated(where: str, names: Sequence[str]) -> None:
    """Raise DataError for two columns of one name."""
    twice = next((n for n in names if n and names.count(n) > 1), None)
    if twice is not None:
        raise DataError(f"{where} has two columns called {twice!r}; rename one.")


def named_column(where: str, names: Sequence[str], reading: Reading, key: str) -> str:
    wanted: str | None = getattr(reading, key)
    if wanted is None:
        return ""
    exact = wanted.strip()
    for found in (exact, exact.lower()):
        match = next((n for n in names if found in (n, n.lower())), None)
        if match is not None:
            return match
    if not reading.strict:
        return ""
    raise DataError(
        f"{where} has no column {wanted!r} (data.{key}).{did_you_mean(exact, names)} "
        f"It has {described(names)}."
    )


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def usual_column(names: Sequence[str], usual: Sequence[str]) -> str:
    plain = {_plain(name): name for name in reversed(names)}
    return next((plain[name] for name in usual if name in plain), "")


def column_of_paths(names: Sequence[str], head: Callable[[str], list[Any]]) -> str:
    """Return the first column whose values end like image files."""
    for name in names:
        values = [v for v in head(name) if v is not None]
        if _plain(name) in TARGET_NAMES:
            continue
        if values and all(
            isinstance(v, str) and is_image_name(Path(v.strip()).name) for v in values
        ):
            return name
    return ""


def _zeros_and_ones(values: Sequence[Any]) -> bool:
    return bool(values) and all(as_bit(value) is not None for value in values)


def as_bit(value: object) -> int | None:
    """Return 0 or 1 for any spelling of them, else None."""
    return {"0": 0, "0.0": 0, "false": 0, "1": 1, "1.0": 1, "true": 1}.get(
        str(value).strip().lower()
    )


def _note(
    image: str, target: str, one_hot: tuple[str, ...], reading: Reading
) -> tuple[str, ...]:
    guessed = [] if reading.image_column or image == "path" else [f"images {image}"]
    if one_hot:
        guessed.append(
            f"classes the columns of 0 and 1, {described(one_hot)}, one of which is 1"
        )
    elif not reading.target_column and target != "target":
        guessed.append(f"classes {target}")
    if not guessed:
        return ()
    return (
        f"Columns by their names: {'; '.join(guessed)}. Say others by "
        "data.image_column and data.target_column.",
    )
