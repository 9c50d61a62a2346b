"""How targets are read: from the cells of a table, or from labels, to one array.

A task has a reader of its own; `CLASSES`, of one class per image, is here.

Source: none; types.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy.typing as npt

from trainwell.core.errors import DataError

_FEW = 0.5  # share of the rows that may be odd ones; more are another kind of column

Cells = Mapping[str, Sequence[Any]]
"""The values of every column of targets by its name."""

Where = Callable[[int], str]
"""Returns the place of a row for messages."""

Head = Callable[[str], list[Any]]
"""Returns the first values of a column."""


@dataclass(frozen=True)
class ReadLabels:
    """The label of every row, as its reader has it.

    Attributes:
        labels: One per row.
        names: Names of what is predicted, where the cells state them and their order.
        notes: What the values look like, in sentences.
        mirror: Whether targets are known for mirrored images; None where this depends
            on what is shown.

    Example:
        >>> ReadLabels([(1.5,), (2.0,)], names=("age",)).names
        ('age',)
    """

    labels: list[Any]
    names: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
    mirror: bool | None = None


class TargetReader(Protocol):
    """How targets of one kind are read.

    Attributes:
        name: Name of the task.
        has_classes: Whether a target is one class, so that classes can be left out,
            merged, and limited in number.
        may_lack: Whether cells may be empty.
        needs: What a table needs for it, for messages.

    Example:
        >>> from trainwell.data import CLASSES
        >>> CLASSES.labels({"label": ["cat", "dog"]}, str).labels
        ['cat', 'dog']
    """

    @property
    def name(self) -> str: ...
    @property
    def has_classes(self) -> bool: ...
    @property
    def may_lack(self) -> bool: ...
    @property
    def needs(self) -> str: ...

    def columns(self, names: Sequence[str], head: Head) -> tuple[str, ...]:
        """Return the columns that look like such targets by names or values."""
        ...

    def reads(self, cells: Cells) -> bool:
        """Tell whether these are such targets, where the user does not say so."""
        ...

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return a label per row, or raise DataError for what is none."""
        ...

    def names(self, labels: Sequence[Any]) -> tuple[str, ...]:
        """Return names of what is predicted, where the source states none."""
        ...

    def targets(
        self, labels: Sequence[Any], names: Sequence[str], where: str
    ) -> npt.NDArray[Any]:
        """Return the targets, (n,) or (n, ...), or raise DataError."""
        ...

    def strata(self, targets: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return a number per sample; a cut takes its share of each number."""
        ...

    def counts(self, targets: npt.NDArray[Any], names: Sequence[str]) -> dict[str, int]:
        """Return the number of images that have each of what is predicted."""
        ...

    def check(self, labels: Sequence[Any], names: Sequence[str], where: str) -> None:
        """Raise DataError if these labels are nothing to train on."""
        ...


def read_labels(
    reader: TargetReader, cells: Cells, where: Where
) -> tuple[ReadLabels, dict[int, str]]:
    """Return the labels of the rows that have one, and why each other row has none.

    Raises:
        DataError: Most rows have none, or they fit only each for itself.

    Example:
        >>> from trainwell.data._targets import read_labels
        >>> from trainwell.tasks import readers
        >>> cells = {"age": ["41.5", "old", "7.5"]}
        >>> read, odd = read_labels(readers("regression")[0], cells, str)
        >>> read.labels, odd
        ([(41.5,), (7.5,)], {1: "`age` must be a number, got 'old'"})
    """
    try:
        return reader.labels(cells, where), {}
    except DataError:
        odd = _odd_rows(reader, cells, where)
        count = len(next(iter(cells.values()), ()))
        if not odd or len(odd) > _FEW * count:
            raise
    rows = [i for i in range(count) if i not in odd]
    kept = {name: [column[i] for i in rows] for name, column in cells.items()}
    return reader.labels(kept, lambda i: where(rows[i])), odd


def _odd_rows(reader: TargetReader, cells: Cells, where: Where) -> dict[int, str]:
    """Return why rows have no label, of those that have none by themselves."""
    odd = {}
    for i, row in enumerate(zip(*cells.values(), strict=True)):
        place = where(i)
        alone = {name: [value] for name, value in zip(cells, row, strict=True)}
        try:
            reader.labels(alone, lambda _: place)  # noqa: B023 - called at once
        except DataError as error:
            odd[i] = str(error).removeprefix(f"{place}: ").removesuffix(".")
    return odd


def reader_of(cells: Cells, readers: Sequence[TargetReader]) -> TargetReader:
    """Return the only reader, or the first that takes the cells for its own."""
    if len(readers) == 1:
        return readers[0]
    usual = usual_reader(readers)
    return next((reader for reader in readers if reader.reads(cells)), usual)


def usual_reader(readers: Sequence[TargetReader]) -> TargetReader:
    """Return the reader whose words are used where nothing can be read: of classes."""
    return next((reader for reader in readers if reader.has_classes), readers[0])
