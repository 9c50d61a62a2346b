"""Numbers per image: in one column or several, with units in brackets.

    age              ages without a unit
    weight (kg)      weights in kilograms; also weight [kg]

Source: none; the form of a column's unit is that of data sets in use.
"""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data import Cells, Head, ReadLabels, Where

_STRATA = 5
_MOSTLY = 0.75  # of the cells of a column of numbers
_NUMBER = re.compile(r"\s*[-+]?[0-9.]+(e[-+]?[0-9]+)?\s*", re.IGNORECASE)
_UNIT = re.compile(r"\s*(.*?)\s*[(\[]\s*([^)\]]+?)\s*[)\]]\s*")


class NumberTargets:
    """The reader of numbers; see `TargetReader`."""

    name = "regression"
    has_classes = False
    may_lack = False
    needs = "numbers"

    def columns(self, names: Sequence[str], head: Head) -> tuple[str, ...]:
        """Return none: a number beside an image may be anything."""
        return ()

    def reads(self, cells: Cells) -> bool:
        """Tell whether cells are numbers, nearly all of them."""
        return all(
            sum(as_number(value) is not None for value in values)
            >= max(1, _MOSTLY * len(values))
            for values in cells.values()
        )

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return the numbers of every row."""
        rows = []
        for i, row in enumerate(zip(*cells.values(), strict=True)):
            numbers = tuple(map(as_number, row))
            for column, value, number in zip(cells, row, numbers, strict=True):
                if number is None:
                    raise DataError(
                        f"{where(i)}: `{column}` must be a number, got "
                        f"{str(value)!r:.60}."
                    )
            rows.append(numbers)
        return ReadLabels(rows, tuple(cells))

    def names(self, labels: Sequence[Any]) -> tuple[str, ...]:
        """Return names by number."""
        count = len(labels[0]) if labels else 1
        return ("target",) if count == 1 else tuple(f"target_{i}" for i in range(count))

    def targets(
        self, labels: Sequence[Any], names: Sequence[str], where: str
    ) -> npt.NDArray[np.float64]:
        """Return the numbers, (n, columns)."""
        if labels and len(labels[0]) != len(names):
            raise DataError(
                f"{where} has {len(labels[0])} numbers per image, and the model "
                f"predicts {len(names)}: {', '.join(names)}."
            )
        return np.array(labels, np.float64).reshape(len(labels), len(names))

    def strata(self, targets: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the fifths of the first number."""
        first = targets[:, 0]
        edges = np.quantile(first, np.linspace(0, 1, _STRATA + 1)[1:-1])
        return np.searchsorted(edges, first, "right").astype(np.int64)

    def counts(self, targets: npt.NDArray[Any], names: Sequence[str]) -> dict[str, int]:
        """Return the number of images, for every column."""
        return dict.fromkeys(names, len(targets))

    def check(self, labels: Sequence[Any], names: Sequence[str], where: str) -> None:
        """Raise DataError where a column has one number only."""
        if not labels:
            raise DataError(f"{where} has no images to train on.")
        for name, values in zip(names, zip(*labels, strict=True), strict=True):
            if len(set(values)) < 2:
                raise DataError(
                    f"{where}: `{name}` is {values[0]:g} for every training image; "
                    "there is nothing to learn."
                )


def as_number(value: object) -> float | None:
    """Return a finite number for a number or its text, else None."""
    if isinstance(value, bool | np.bool_ | list | tuple | dict | bytes | None):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def name_and_unit(column: str) -> tuple[str, str]:
    """Return the name of a column, and the unit in brackets behind it.

    Example:
        >>> name_and_unit("weight (kg)"), name_and_unit("age")
        (('weight', 'kg'), ('age', ''))
    """
    found = _UNIT.fullmatch(column)
    return (found[1], found[2]) if found and found[1] else (column, "")
