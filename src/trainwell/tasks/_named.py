"""The tasks by name, and a task read from what `model.json` keeps of it."""

from collections.abc import MutableMapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from trainwell.tasks._classification import Classification
from trainwell.tasks._task import Task

TASKS: dict[str, type[Task]] = {kind.name: kind for kind in (Classification,)}
"""Every task by its name."""


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
