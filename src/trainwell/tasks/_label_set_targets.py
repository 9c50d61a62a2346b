"""Several labels per image: sets in a cell, or columns of 0 and 1.

    cat|dog        cat, dog            [cat, dog]        ["cat", "dog"]

A sign separates labels where the same labels occur beside others and alone.

Source: none; the forms are those of tables in use.
"""

import ast
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.data import (
    Cells,
    Head,
    ReadLabels,
    Where,
    about_odd_bit,
    as_bit,
    class_name,
    class_order,
    columns_of_bits,
    nearly_bits,
    zeros_and_ones,
)

_SIGNS = ("|", ";", ",")
_RECUR = 0.5  # share of cells with several labels whose labels all occur elsewhere


class LabelSetTargets:
    """The reader of sets of labels; see `TargetReader`."""

    name = "multilabel"
    has_classes = False
    may_lack = True
    needs = "labels"

    def columns(self, names: Sequence[str], head: Head) -> tuple[str, ...]:
        """Return all of several columns of 0 and 1, or none."""
        return columns_of_bits(names, head)

    def reads(self, cells: Cells) -> bool:
        """Tell sets from single labels: several columns of 0 and 1, lists, or signs."""
        if len(cells) > 1:
            if not all(map(nearly_bits, cells.values())):
                return False
            if not all(map(zeros_and_ones, cells.values())):
                return any(map(zeros_and_ones, cells.values()))
            rows = zip(*cells.values(), strict=True)
            return any(sum(as_bit(v) or 0 for v in row) != 1 for row in rows)
        (values,) = cells.values()
        listed = [value for value in values if _listed(value) is not None]
        if listed:
            return len(listed) == len(values)
        return separator(values) is not None

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return the labels of every row, sorted; a row may have none."""
        if len(cells) > 1:
            names = tuple(map(class_name, cells))
            return ReadLabels(_of_columns(cells, where), names)
        ((column, values),) = cells.items()
        sign = separator(values)
        rows = [_labels(value, sign) for value in values]
        note = (
            ()
            if sign is None
            else (f"Labels in `{column}` are separated by {sign!r}.",)
        )
        return ReadLabels(rows, notes=note)

    def names(self, labels: Sequence[Any]) -> tuple[str, ...]:
        """Return the distinct labels in natural order."""
        return class_order(name for row in labels for name in row)

    def targets(
        self, labels: Sequence[Any], names: Sequence[str], where: str
    ) -> npt.NDArray[np.float32]:
        """Return 1 for every label that an image has, else 0: (n, labels)."""
        index = {name: i for i, name in enumerate(names)}
        found = np.zeros((len(labels), len(names)), np.float32)
        for row, own in enumerate(labels):
            for name in own:
                if name not in index:
                    raise DataError(
                        f"{where} has the label {name!r}, which is not among the "
                        f"{len(names)} labels of training. Rename it, or take it out."
                    )
                found[row, index[name]] = 1
        return found

    def strata(self, targets: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the rarest label of every image, so that it is in every part."""
        counts = targets.sum(0)
        rarity = np.where(targets > 0, counts, np.inf)
        none = len(counts)
        return np.where(targets.any(1), rarity.argmin(1), none).astype(np.int64)

    def counts(self, targets: npt.NDArray[Any], names: Sequence[str]) -> dict[str, int]:
        """Return the images that have each label."""
        return dict(zip(names, targets.sum(0).astype(int).tolist(), strict=True))

    def check(self, labels: Sequence[Any], names: Sequence[str], where: str) -> None:
        """Raise DataError where there is no label to tell apart."""
        if not any(labels):
            raise DataError(f"{where} has no label at all to train on.")
        if len({*labels}) == 1:
            raise DataError(
                f"{where}: every training image has the same labels: "
                f"{', '.join(labels[0][:5])}; there is nothing to learn."
            )


def separator(values: Sequence[Any]) -> str | None:
    """Return the sign between labels of a cell; None if cells hold single labels.

    Example:
        >>> separator(["cat", "cat|dog", "dog"]), separator(["Smith, J", "cat"])
        ('|', None)
    """
    texts = [str(value) for value in values if value is not None]
    for sign in _SIGNS:
        split = [[part.strip() for part in text.split(sign)] for text in texts]
        several = [parts for parts in split if len(parts) > 1 and all(parts)]
        if not several:
            continue
        counts: dict[str, int] = {}
        for parts in split:
            for part in set(parts):
                counts[part] = counts.get(part, 0) + 1
        recurring = sum(all(counts[part] > 1 for part in parts) for parts in several)
        numbers = all(part.isdigit() for parts in several for part in parts)
        if recurring >= _RECUR * len(several) and not (sign == "," and numbers):
            return sign
    return None


def _labels(value: Any, sign: str | None) -> tuple[str, ...]:  # noqa: ANN401
    listed = _listed(value)
    if listed is None:
        text = "" if value is None or value != value else str(value)
        listed = text.split(sign) if sign else [text]
    return tuple(sorted({class_name(part) for part in listed} - {""}))


def _listed(value: Any) -> list[Any] | None:  # noqa: ANN401
    """Return a list that is one, or is written as one; None for anything else."""
    if isinstance(value, list | tuple | set | np.ndarray):
        return list(value)
    if not isinstance(value, str) or not re.fullmatch(
        r"\s*\[.*\]\s*", value, re.DOTALL
    ):
        return None
    try:
        found = ast.literal_eval(value.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return [part.strip(" '\"") for part in value.strip()[1:-1].split(",")]
    return found if isinstance(found, list) else None


def _of_columns(cells: Cells, where: Where) -> list[tuple[str, ...]]:
    rows = []
    for i, row in enumerate(zip(*cells.values(), strict=True)):
        bits = {name: as_bit(value) for name, value in zip(cells, row, strict=True)}
        wrong = next((name for name, bit in bits.items() if bit is None), None)
        if wrong is not None:
            raise DataError(about_odd_bit(where(i), wrong, cells[wrong][i]))
        rows.append(tuple(class_name(name) for name, bit in bits.items() if bit))
    return rows
