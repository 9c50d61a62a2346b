"""Classes in an order: numbers of which there are few, such as ratings.

Source: none.
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core.errors import DataError
from trainwell.data import Cells, ClassTargets, ReadLabels, Where
from trainwell.tasks._number_targets import as_number

_MOST = 100


class OrderedTargets(ClassTargets):
    """The reader of ordered classes; see `TargetReader`."""

    name = "ordinal"
    needs = "numbers, few of them different"

    def columns(self, names: Sequence[str], head: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Return none: the values of one column are the classes."""
        return ()

    def reads(self, cells: Cells) -> bool:
        """Tell whether this is said: numbers are taken as numbers otherwise."""
        return False

    def labels(self, cells: Cells, where: Where) -> ReadLabels:
        """Return the number of every row as the name of a class."""
        if len(cells) > 1:
            raise DataError(
                f"an ordinal target is one column of numbers, got {', '.join(cells)}; "
                "say which by data.target_column."
            )
        ((column, values),) = cells.items()
        labels: list[str] = []
        seen: set[str] = set()
        for i, value in enumerate(values):
            number = as_number(value)
            if number is None:
                raise DataError(
                    f"{where(i)}: `{column}` must be a number, got {str(value)!r:.60}; "
                    "the order of classes is that of their numbers."
                )
            labels.append(_named(number))
            seen.add(labels[-1])
            if len(seen) > _MOST:
                raise DataError(
                    f"{where(i)}: `{column}` has more than {_MOST} different numbers; "
                    "say `task=regression`, or round them."
                )
        return ReadLabels(labels, self.names(labels))

    def names(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Return the distinct numbers in their order."""
        return tuple(sorted(set(labels), key=float))


def _named(number: float) -> str:
    """Return a number as text: other numbers have other texts, -0 is 0."""
    return f"{number + 0.0:.12g}"
