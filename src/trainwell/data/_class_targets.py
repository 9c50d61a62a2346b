"""One class per image: in a column, or in columns of 0 and 1.

Source: none; see `_table_labels`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data._classes import class_name, class_order, match_classes
from trainwell.data._number_columns import is_quantity
from trainwell.data._table_labels import is_one_class, labels_of
from trainwell.data._targets import Cells, Head, ReadLabels, Where

TARGET_NAMES = (
    "target", "label", "labels", "class", "category", "classname", "labelname",
    "categoryname", "classlabel", "y", "diagnosis", "species", "breed", "classid",
    "labelid", "categoryid",
)  # fmt: skip
_NEARLY = 0.95  # of the cells of a column of 0 and 1


class ClassTargets:
    """The reader of classes; see `TargetReader`."""

    name = "classification"
    has_classes = True
    may_lack = False
    needs = "classes"

    def columns(self, names: Sequence[str], head: Head) -> tuple[str, ...]:
        """Return all of several columns of 0 and 1, or none."""
        return columns_of_bits(names, head)

    def reads(self, cells: Cells) -> bool:
        """Tell whether every row has one class."""
        if len(cells) > 1:
            return all(map(zeros_and_ones, cells.values())) and all(
                sum(as_bit(v) or 0 for v in row) == 1
                for row in zip(*cells.values(), strict=True)
            )
        (values,) = cells.values()
        return is_one_class(values) and not is_quantity(values)

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return the name of the class of every row."""
        if len(cells) > 1:
            names = tuple(map(class_name, cells))
            return ReadLabels(_of_one_hot(cells, where), names)
        ((column, values),) = cells.items()
        labels, notes = labels_of(values, column, where)
        return ReadLabels(labels, notes=notes)

    def names(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Return the distinct labels in natural order."""
        return class_order(labels)

    def targets(
        self, labels: Sequence[str], names: Sequence[str], where: str
    ) -> npt.NDArray[np.int64]:
        """Return the index of every class, (n,)."""
        return match_classes(labels, names, where)

    def strata(self, targets: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the classes."""
        return targets

    def counts(self, targets: npt.NDArray[Any], names: Sequence[str]) -> dict[str, int]:
        """Return the images of every class."""
        counts = np.bincount(targets, minlength=len(names))
        return dict(zip(names, counts.tolist(), strict=True))

    def check(self, labels: Sequence[str], names: Sequence[str], where: str) -> None:
        """Raise DataError for fewer than two classes."""
        if len(set(labels)) >= 2:
            return
        found = f"only the class {labels[0]!r}" if labels else "no images"
        raise DataError(
            f"{where} has {found} to train on; training needs two classes or more."
        )


CLASSES = ClassTargets()
"""The reader of one class per image."""


def as_bit(value: object) -> int | None:
    """Return 0 or 1 for any spelling of them, else None."""
    return {"0": 0, "0.0": 0, "false": 0, "1": 1, "1.0": 1, "true": 1}.get(
        str(value).strip().lower()
    )


def zeros_and_ones(values: Sequence[Any]) -> bool:
    """Tell whether there are values, all of them 0 or 1."""
    return len(values) > 0 and all(as_bit(value) is not None for value in values)


def nearly_bits(values: Sequence[Any]) -> bool:
    """Tell whether all values but a few are 0 or 1."""
    bits = sum(as_bit(value) is not None for value in values)
    return bits > 0 and bits >= _NEARLY * len(values)


def columns_of_bits(names: Sequence[str], head: Head) -> tuple[str, ...]:
    """Return the columns of 0 and 1 if there are several, else none.

    One that has another value in a few rows is among them, so that these are named.
    """
    sure = [name for name in names if zeros_and_ones(head(name))]
    found = tuple(name for name in names if name in sure or nearly_bits(head(name)))
    return found if len(sure) > 1 else ()


def about_odd_bit(where: str, column: str, value: object) -> str:
    """Return the line that says what a cell of a column of 0 and 1 holds."""
    return (
        f"{where}: `{column}` must be 0 or 1, got {str(value)!r:.60}. Correct it, or "
        "name the columns of labels by data.target_column; if numbers are meant, say "
        "`task=regression`."
    )


def _of_one_hot(cells: Cells, where: Where) -> list[str]:
    labels = []
    for i, row in enumerate(zip(*cells.values(), strict=True)):
        bits = [as_bit(value) for value in row]
        if None in bits:
            odd = bits.index(None)
            raise DataError(about_odd_bit(where(i), [*cells][odd], row[odd]))
        chosen = [name for name, bit in zip(cells, bits, strict=True) if bit == 1]
        if len(chosen) != 1:
            raise DataError(
                f"{where(i)}: exactly one of the columns {', '.join([*cells][:5])} "
                f"must be 1, and the others 0; here {len(chosen)} are. Several labels "
                "of one image are the task multilabel; or say data.target_column."
            )
        labels.append(class_name(chosen[0]))
    return labels
