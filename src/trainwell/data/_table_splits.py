"""Columns that seem to say which images are trained on, under other names than `split`.

Source: none; the names are those of tables in use.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from trainwell.data._source import SPELLINGS

_FLAGS = re.compile(r"(is)?(train|training|val|valid|validation|test|testing)(set)?")
_FOLDS = re.compile(r"(k|cv)?folds?(id|no|number)?")


def looks_like_splits(name: str, head: Callable[[str], list[Any]]) -> bool:
    """Tell by name, or by values such as train and test, whether a column is one."""
    plain = re.sub("[^a-z0-9]", "", name.lower())
    if _FLAGS.fullmatch(plain) or _FOLDS.fullmatch(plain):
        return True
    values = {str(value).strip().lower() for value in head(name)}
    return bool(values) and values <= SPELLINGS.keys()


def about_splits(names: Sequence[str]) -> tuple[str, ...]:
    """Return how to use such columns, in a sentence."""
    if not names:
        return ()
    return (
        f"Not used: {', '.join(names)}. If the splits are meant, give the table a "
        "column named split with the values train, val and test.",
    )
