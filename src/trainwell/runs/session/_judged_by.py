"""By what the curves of a task are judged."""

from typing import Any

from trainwell.tasks import Task


def judged_by(task: Task, targets: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the arguments of `diagnose.check_curves` that the task decides.

    Args:
        task: What is predicted.
        targets: The targets of the training images.
    """
    return {
        "num_classes": len(task.labels) if task.linear == "classes" else None,
        "quality": task.quality,
        "chance": task.chance(targets),
    }
