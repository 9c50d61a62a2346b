"""Predictions as lines, as CSV and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainwell.cli import _tables as tables

if TYPE_CHECKING:
    from trainwell.tasks import Answer, Task


def as_lines(found: Sequence["Answer"], top: int) -> list[str]:
    """Return a line per image: its name, and what is said of it."""
    lines = ["  ".join([answer.name, *answer.words(top)]) for answer in found]
    return [line.replace("\n", "\\n") for line in lines]


def as_csv(
    found: Sequence["Answer"], task: "Task", top: int, *, all_outputs: bool
) -> None:
    """Print the task's table of the answers, after a column of their names."""
    head, rows = task.table(found, top, all_outputs=all_outputs)
    named = [[answer.name, *row] for answer, row in zip(found, rows, strict=True)]
    tables.print_csv(["path", *head], named)


def as_json(found: Sequence["Answer"]) -> str:
    """Return a list of objects: the path, and what is said of the image."""
    return tables.as_json([{"path": answer.name, **answer.tree()} for answer in found])
