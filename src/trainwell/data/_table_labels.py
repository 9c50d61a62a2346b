"""Make class names of the values of a column, however a table stores them.

    1, 1.0, "1", "1.0"      1           true, "TRUE"     True
    5.286                   refused: a number is meant, not a class
    [cat], "['cat']"        cat         [cat, dog]       refused: several labels

Fractions and lists are no classes, so that another task may read them.

Source: the spellings of missing values are those of pandas' `read_csv`.
"""

import ast
import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from trainwell.core.errors import DataError
from trainwell.data._classes import class_name, class_order

MISSING = {
    "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND",
    "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null", "na",
    "NaT", "NAN", "Null", "#NULL!", "#VALUE!", "#REF!",
}  # fmt: skip
"""What stands for no value."""

_MOSTLY = 0.75  # of the values
_AS_NUMBERS = "say `task=regression`"
_AS_SETS = "say `task=multilabel`"


def is_missing(value: object) -> bool:
    """Tell whether a cell has no value, in any spelling."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    if isinstance(value, list | tuple | dict | bytes):
        return len(value) == 0
    return str(value).strip() in MISSING


def plain_value(value: Any) -> Any:  # noqa: ANN401
    """Return a value of NumPy, pandas or Arrow as Python has it."""
    if hasattr(value, "tolist") and hasattr(value, "dtype"):
        return value.tolist()
    return float(value) if isinstance(value, Decimal) else value


def is_one_class(values: Sequence[Any]) -> bool:
    """Tell whether no value is a fraction or a list of several."""
    try:
        labels_of(values, "", str)
    except DataError:
        return False
    return True


def labels_of(
    values: Sequence[Any], column: str, where: Callable[[int], str]
) -> tuple[list[str], tuple[str, ...]]:
    """Return the class name of every value, and notes on what they look like.

    Args:
        values: None of them missing.
        column: Name of the column in messages.
        where: Returns the place of a value.

    Raises:
        DataError: They are fractions, or several in a cell.
    """
    single = [_single(value, column, where, i) for i, value in enumerate(values)]
    if all(str(value).lower() in ("true", "false") for value in single):
        return [str(value).capitalize() for value in single], ()
    numbers = [_number(value) for value in single]
    if all(number is not None for number in numbers):
        for i, number in enumerate(numbers):
            if number is not None and not number.is_integer():
                raise DataError(
                    f"{where(i)}: `{column}` must be text or an integer: {single[i]}. "
                    f"To predict such numbers is regression: {_AS_NUMBERS}."
                )
        single = [_whole(value) for value in single]
    else:
        _refuse_among_numbers(single, numbers, column, where)
    labels = [class_name(value) for value in single]
    return labels, (*_about_numbers(labels, column), *_about_several(labels, column))


def _refuse_among_numbers(
    values: Sequence[Any],
    numbers: Sequence[float | None],
    column: str,
    where: Callable[[int], str],
) -> None:
    """Raise DataError for the few values that are none where most are fractions."""
    fractions = sum(n is not None and not n.is_integer() for n in numbers)
    if fractions < _MOSTLY * len(values):
        commas = [bool(re.fullmatch(r"\s*[+-]?\d+,\d+\s*", str(v))) for v in values]
        if sum(commas) >= _MOSTLY * len(values):
            raise DataError(
                f"{where(commas.index(True))}: `{column}` has decimal commas; write "
                "numbers with decimal points."
            )
        return
    odd = next(i for i, number in enumerate(numbers) if number is None)
    raise DataError(
        f"{where(odd)}: `{column}` is a number nearly everywhere, and here "
        f"{str(values[odd])!r:.60}. Correct it, or empty the cell and say "
        "data.bad_images=skip."
    )


def _single(value: Any, column: str, where: Callable[[int], str], row: int) -> Any:  # noqa: ANN401
    value = plain_value(value)
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str) and re.fullmatch(r"\s*\[.*\]\s*", value, re.DOTALL):
        value = _listed(value)
    if isinstance(value, list | tuple | dict):
        if len(value) == 1 and not isinstance(value, dict):
            return _single(next(iter(value)), column, where, row)
        raise DataError(
            f"{where(row)}: `{column}` must be text or an integer: "
            f"{str(value)!r:.60}. Several "
            f"labels of one image are another task: {_AS_SETS}."
        )
    return value


def _listed(text: str) -> Any:  # noqa: ANN401
    try:
        return ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def _number(value: Any) -> float | None:  # noqa: ANN401
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _whole(value: Any) -> Any:  # noqa: ANN401
    """Return 1 for 1.0 and "1.0"; other spellings, such as 007, stay."""
    if isinstance(value, float):
        return int(value)
    text = str(value).strip()
    return text.partition(".")[0] if re.fullmatch(r"[+-]?\d+\.0*", text) else value


def _about_numbers(labels: Sequence[str], column: str) -> tuple[str, ...]:
    """Say that numbers are taken as classes where they may be quantities."""
    classes = class_order(labels)
    if not all(re.fullmatch(r"[+-]?\d{1,9}", name) for name in classes):
        return ()
    numbers = sorted(map(int, classes))
    first, last = numbers[0], numbers[-1]
    if len(numbers) < 3 or (first in (0, 1) and last - first < len(numbers)):
        return ()
    return (
        f"The {len(numbers)} whole numbers {first} to {last} of `{column}` are taken "
        f"as classes; if a quantity is meant, {_AS_NUMBERS}.",
    )


def _about_several(labels: Sequence[str], column: str) -> tuple[str, ...]:
    classes = set(labels)
    joined = [
        name
        for name in class_order(classes)
        if any(_parts(name, sign, classes) for sign in "|;,+/& ")
    ]
    if not joined:
        return ()
    more = f" and {len(joined) - 1} more look" if len(joined) > 1 else " looks"
    return (
        f"{joined[0]!r}{more} like several labels in a cell of `{column}`: each is "
        f"taken as a class of its own; if several labels are meant, {_AS_SETS}.",
    )


def _parts(name: str, sign: str, classes: set[str]) -> bool:
    parts = [part.strip() for part in name.split(sign)]
    return len(parts) > 1 and all(part in classes for part in parts)
