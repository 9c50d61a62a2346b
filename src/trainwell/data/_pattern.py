"""Labels that stand in the names of files, found by a regular expression.

    (?P<label>[a-z]+)_\\d+                                   cat_12.jpg
    (?P<split>train|test)/(?P<group>patient\\d+)_(?P<label>\\w+)\\.   groups and splits

The pattern is searched in the path below the folder, with / between folders.

Source: none; the syntax is that of Python's `re`.
"""

import re
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.plural import plural
from trainwell.data._classes import class_name
from trainwell.data._listing import images_below
from trainwell.data._source import FLAT, FileSplit, Source, Split, split_name

_KNOWN = ("label", "group", "split")


def read_by_pattern(root: Path, pattern: str, *, strict: bool = True) -> Source | None:
    """Return the images below a folder whose names match; None if none may match.

    Raises:
        DataError: The pattern is none, lacks `label`, or matches no image.
    """
    expression = _compiled(pattern)
    splits: dict[str, Split] = {}
    unmatched: list[str] = []
    for path in images_below(root):
        name = path.relative_to(root).as_posix()
        match = expression.search(name)
        found = {} if match is None else match.groupdict()
        if not found.get("label"):
            unmatched.append(name)
            continue
        stated = found.get("split") if "split" in expression.groupindex else FLAT
        key = FLAT if stated == FLAT else split_name(stated or "", f"{root}, {name}")
        part = splits.setdefault(key, FileSplit([], [], []))
        assert isinstance(part, FileSplit)
        part.paths.append(path)
        part.labels.append(class_name(found["label"]))
        if "group" in expression.groupindex:
            part.groups.append(found["group"] or name)
    if not splits and not strict:
        return None
    if not splits:
        first = f"; the first is {unmatched[0]}" if unmatched else ""
        raise DataError(
            f"`data.pattern` {pattern!r} matches none of the {len(unmatched):,} images "
            f"in {root}{first}."
        )
    return Source(str(root), root, splits, notes=_about(unmatched))


def _compiled(pattern: str) -> re.Pattern[str]:
    example = r"such as '(?P<label>[a-z]+)_\d+' for cat_12.jpg"
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise DataError(
            f"`data.pattern` {pattern!r} is no regular expression ({error}); give one "
            f"{example}."
        ) from None
    unknown = [name for name in expression.groupindex if name not in _KNOWN]
    if "label" not in expression.groupindex or unknown:
        raise DataError(
            f"`data.pattern` {pattern!r} must name the group label, and perhaps group "
            f"and split, {example}."
        )
    return expression


def _about(unmatched: list[str]) -> tuple[str, ...]:
    if not unmatched:
        return ()
    count = len(unmatched)
    return (
        f"{count:,} {plural(count, 'image')} not matched by data.pattern and not used, "
        f"first {unmatched[0]}.",
    )
