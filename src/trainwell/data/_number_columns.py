"""Say which columns hold numbers where none is named as the target.

Source: none; plumbing.
"""

from collections.abc import Callable, Sequence
from typing import Any

from trainwell.data._table_labels import is_missing

_SHOWN = 3


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
