"""Whether two predictions say the same of an image."""

import numpy as np
import numpy.typing as npt

from trainwell.tasks import Task

Predictions = npt.NDArray[np.float32]


def unit_of(task: Task, predictions: Predictions) -> float:
    """Return what differences are measured in: 1 for probabilities.

    Of numbers, which may have any unit, it is the largest.
    """
    largest = float(np.abs(predictions).max(initial=0.0))
    return largest if task.linear == "numbers" and largest > 0 else 1.0


def same_answers(
    task: Task, one: Predictions, other: Predictions
) -> npt.NDArray[np.bool_]:
    """Return of which images two predictions say the same, by their names alone.

    The words of an answer are names, each with its number.
    """
    pairs = zip(one, other, strict=True)
    return np.array([_names(task, a) == _names(task, b) for a, b in pairs], bool)


def _names(task: Task, row: Predictions) -> list[str]:
    return list(task.prediction("", row).words(1)[::2])
