"""Tell columns of numbers from others, and whole numbers that are no classes.

    ages 1, 2, 3, 5, ... 96     a quantity: many values, few rows of each
    0 to 99, 50 rows of each    names of classes
    1 to 200, 5 rows of each    names of classes: none is missing, all are as frequent

Source: none; the limits are ours.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from trainwell.data._table_labels import is_missing, plain_value

_SHOWN = 3
_MANY, _ROWS = 20, 5  # values; rows of each on average, of names of classes
_EVEN = 2  # times as many rows of one class as of another
_WHOLE = re.compile(r"[+-]?(0|[1-9]\d{0,14})(\.0*)?")


def is_quantity(values: Sequence[Any]) -> bool:
    """Tell whole numbers that count or measure from those that name classes.

    Example:
        >>> from trainwell.data._number_columns import is_quantity
        >>> is_quantity([7 * i for i in range(40)]), is_quantity([0, 1, 2] * 40)
        (True, False)
    """
    texts = [str(plain_value(value)).strip() for value in values]
    if not all(map(_WHOLE.fullmatch, texts)):
        return False
    counts = Counter(int(float(text)) for text in texts)
    if len(counts) <= _MANY or len(texts) > _ROWS * len(counts):
        return False
    first, last = min(counts), max(counts)
    complete = first in (0, 1) and last - first < len(counts)
    return not (complete and 1 < max(counts.values()) <= _EVEN * min(counts.values()))


def about_quantity(values: Sequence[Any], column: str) -> tuple[str, ...]:
    """Say that whole numbers are taken as numbers, and how to have classes."""
    if not is_quantity(values):
        return ()
    different = len({str(plain_value(value)).strip() for value in values})
    return (
        f"The {different:,} different whole numbers in {len(values):,} rows of "
        f"`{column}` are taken as numbers; if classes are meant, say "
        "`task=classification`.",
    )


def about_numbers(names: Sequence[str], head: Callable[[str], list[Any]]) -> str:
    """Return how to take one of several columns of numbers, or several; or nothing.

    Example:
        >>> from trainwell.data._number_columns import about_numbers
        >>> about_numbers(["age", "weight"], lambda name: ["1.5", "2"])
        ' For numbers: data.target_column=age, or several: ...[age,weight].'
    """
    found = [name for name in names if _numbers(head(name))]
    if len(found) < 2:
        return ""
    several = ",".join(found[:_SHOWN])
    return (
        f" For numbers: data.target_column={found[0]}, or several: "
        f"data.target_column=[{several}]."
    )


def _numbers(values: Sequence[Any]) -> bool:
    known = [value for value in values if not is_missing(value)]
    try:
        return bool([float(value) for value in known])
    except (TypeError, ValueError):
        return False
