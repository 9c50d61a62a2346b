"""Find out which columns of a table hold images, classes, groups and splits.

by option   data.image_column, data.target_column, data.group_column
by name     `path`, `image`, `file_name`, ...; `target`, `label`, `class`, ...;
            `person`, `patient`, `group`, ...
by content  paths that end like images; the only other column; what a reader of
            targets takes for its own, such as columns of 0 and 1

Source: none; the names are those of tables in use.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainwell.core.checks import did_you_mean
from trainwell.core.errors import DataError
from trainwell.data._class_targets import TARGET_NAMES
from trainwell.data._listing import is_image_name
from trainwell.data._number_columns import about_numbers
from trainwell.data._reading import Reading
from trainwell.data._table_splits import about_splits, looks_like_splits
from trainwell.data._targets import usual_reader

IMAGE_NAMES = (
    "path", "image", "file", "filename", "filepath", "imagepath", "imagefile",
    "imagename", "imagefilename", "img", "imgpath", "imgname", "picture", "photo",
)  # fmt: skip
ID_NAMES = ("imageid", "imgid", "idcode", "id", "uri", "name")
GROUP_NAMES = (
    "group", "groupid", "person", "personid", "subject", "subjectid", "patient",
    "patientid", "identity",
)  # fmt: skip
_SHOWN, _LONGEST = 3, 40


@dataclass(frozen=True)
class Columns:
    """The columns that are used.

    Attributes:
        image: Images: paths, ids or bytes.
        targets: One column or several.
        group: Groups, or empty.
        split: Splits, or empty.
        notes: What was guessed, and what looks like splits, in sentences.
    """

    image: str
    targets: tuple[str, ...]
    group: str
    split: str
    notes: tuple[str, ...]

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that is read."""
        names = (self.image, *self.targets, self.group, self.split)
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
    group = named_column(where, names, reading, "group_column")
    targets = _named_targets(where, names, reading)
    names = [n for n in names if n and not n.startswith("Unnamed: ")]
    split = next((n for n in names if _plain(n) == "split"), "")
    split = "" if split in (image, *targets, group) else split
    free = [n for n in names if n not in (image, *targets, group, split)]
    image = image or usual_column(free, IMAGE_NAMES) or column_of_paths(free, head)
    image = image or usual_column(free, ID_NAMES)
    free = [n for n in free if n != image]
    usual = "" if targets else usual_column(free, TARGET_NAMES)
    targets = targets or ((usual,) if usual else ())
    splits = [n for n in free if n not in targets and looks_like_splits(n, head)]
    free = [n for n in free if n not in splits]
    if image and not targets:
        found = (reader.columns(free, head) for reader in reading.readers)
        targets = next((columns for columns in found if columns), ())
        targets = targets or (tuple(free) if len(free) == 1 else ())
    if not image or not targets:
        if any(is_image_name(Path(n).name) for n in names):
            raise DataError(
                f"{where} has no header: its first line is {described(names)}. Write "
                "the names of the columns above it, such as path,target."
            )
        needed = usual_reader(reading.readers).needs
        what, key = ("images", "image") if not image else (needed, "target")
        raise DataError(
            f"{where} needs the columns path and target (and perhaps split), or others "
            f"of usual names; say which holds the {what} by data.{key}_column=NAME: it "
            f"has {described(names)}.{about_numbers(free, head) if image else ''}"
        )
    left = [n for n in free if n not in targets]
    guessed = "" if group else usual_column(left, GROUP_NAMES)
    notes = _note(image, targets, reading) + about_splits(splits)
    if guessed:
        notes += (f"Images of one `{guessed}` are never cut apart.",)
    group = group or guessed
    return Columns(image, targets, group, split, notes)


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


def _named_targets(
    where: str, names: Sequence[str], reading: Reading
) -> tuple[str, ...]:
    """Return the columns that the user names, in that order."""
    given = reading.target_column
    wanted = (given,) if isinstance(given, str) else given or ()
    found = [
        named_column(where, names, replace(reading, target_column=n), "target_column")
        for n in wanted
    ]
    return tuple(name for name in found if name)


def named_column(where: str, names: Sequence[str], reading: Reading, key: str) -> str:
    wanted: str | None = getattr(reading, key)
    if wanted is None:
        return ""
    exact = wanted.strip()
    for found in (exact, exact.lower()):
        match = next((n for n in names if found in (n, n.lower())), None)
        if match is not None:
            return match
    if not reading.binds(key):
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


def _note(image: str, targets: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    guessed = [] if reading.image_column or image == "path" else [f"images {image}"]
    if not reading.target_column and targets != ("target",):
        guessed.append(f"targets {described(targets)}")
    if not guessed:
        return ()
    return (
        f"Columns by their names: {'; '.join(guessed)}. Say others by "
        "data.image_column and data.target_column.",
    )
