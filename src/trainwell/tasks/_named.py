"""The tasks by name, and a task read from what `model.json` keeps of it."""

from collections.abc import MutableMapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from trainwell.core import checks
from trainwell.data import TargetReader
from trainwell.tasks._classification import Classification
from trainwell.tasks._keypoints import Keypoints
from trainwell.tasks._multilabel import Multilabel
from trainwell.tasks._ordinal import Ordinal
from trainwell.tasks._point_targets import PointTargets
from trainwell.tasks._regression import Regression
from trainwell.tasks._task import Task

TASKS: dict[str, type[Task]] = {
    kind.name: kind
    for kind in (Multilabel, Keypoints, Classification, Regression, Ordinal)
}
"""Every task by its name, in the order in which data are taken for one."""


def readers(
    name: str = "auto", *, points_origin: str | None = None
) -> tuple[TargetReader, ...]:
    """Return the readers of the targets of a task, or of every one.

    Args:
        name: Name of the task; auto for all of them.
        points_origin: Where points of a table count from; see `PointTargets`.

    Raises:
        ArgumentError: If there is no such task.

    Example:
        >>> [reader.name for reader in readers("regression")]
        ['regression']
    """
    checks.one_of("task", name, ("auto", *TASKS))
    chosen = TASKS.values() if name == "auto" else (TASKS[name],)
    return tuple(_at_origin(kind.reader, points_origin) for kind in chosen)


def _at_origin(reader: TargetReader, origin: str | None) -> TargetReader:
    moved = origin is not None and isinstance(reader, PointTargets)
    return PointTargets(origin) if moved else reader  # type: ignore[arg-type]


def read_task(tree: MutableMapping[str, Any]) -> Task:
    """Take the name and the fields of a task out of a mapping; return the task.

    Raises:
        ValueError: If there is no such task, or a field has no such value.

    Example:
        >>> tree = {"task": "classification", "classes": ["cat", "dog"], "other": 1}
        >>> read_task(tree).labels, tree
        (('cat', 'dog'), {'other': 1})
    """
    name = tree.pop("task", None)
    kind = TASKS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise ValueError(f"task {name!r} is none of {', '.join(TASKS)}")
    own = {f.name: tree.pop(f.name) for f in fields(kind) if f.name in tree}
    return TypeAdapter(kind).validate_python(own)
