"""Predictions as lines, as CSV and as JSON."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trainwell.cli import _tables as tables
from trainwell.core.errors import RecipeError, UserError

if TYPE_CHECKING:
    from trainwell.tasks import Answer, Task


def as_lines(found: Sequence["Answer"], top: int) -> list[str]:
    """Return a line per image: its name, and what is said of it."""
    lines = ["  ".join([answer.name, *answer.words(top)]) for answer in found]
    return [line.replace("\n", "\\n") for line in lines]


def refuse_top(task: "Task", top: int) -> None:
    """Raise RecipeError for `--top` where every answer is shown anyway."""
    if top > 1 and task.linear == "numbers" and not task.located:
        raise RecipeError(
            f"`--top` {top} changes nothing: it is for classes, labels and points, and "
            f"the task is {task.name}, whose numbers are all shown. Leave it out."
        )


def as_csv(
    found: Sequence["Answer"], task: "Task", top: int, *, all_outputs: bool
) -> None:
    """Print the task's table of the answers, after a column of their names."""
    head, rows = task.table(found, top, all_outputs=all_outputs)
    named = [[answer.name, *row] for answer, row in zip(found, rows, strict=True)]
    tables.print_csv(["path", *head], named)


def contest_answer(table: Path, found: Sequence["Answer"]) -> str:
    """Return the points that a table asks for, in its order, as CSV.

    Args:
        table: File names and indices of points.
        found: Answers, which are points; images that are not asked for are left out.

    Raises:
        UserError: If they are no points, or one of an image that is asked for is
            missing.
    """
    from trainwell.data import read_asked_points, submission
    from trainwell.tasks import PointPrediction

    by_name = {
        Path(one.name).name: one.points
        for one in found
        if isinstance(one, PointPrediction)
    }
    if found and not by_name:
        raise UserError("`--points` asks for points, and this model answers none.")
    asked = read_asked_points(table)
    lost = [name for name in asked.names if Path(name).name not in by_name]
    if lost:
        raise UserError(
            f"{table} asks for {lost[0]}, which is not among the {len(by_name)} images "
            f"({len(lost)} are not); give the folder that holds it."
        )
    points = [by_name[Path(name).name] for name in asked.names]
    return submission(np.array(points, np.float64), asked)


def as_json(found: Sequence["Answer"]) -> str:
    """Return a list of objects: the path, and what is said of the image."""
    return tables.as_json([{"path": answer.name, **answer.tree()} for answer in found])
