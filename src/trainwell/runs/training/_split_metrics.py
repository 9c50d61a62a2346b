"""The scores of whole splits that a summary keeps."""

from collections.abc import Sequence

import numpy as np

from trainwell.diagnose import ClassScore
from trainwell.runs.training._evaluation import SplitEvaluation
from trainwell.tasks import Task
from trainwell.training import Evaluation


def split_metrics(
    evaluations: Sequence[SplitEvaluation], task: Task
) -> dict[str, dict[str, float] | None]:
    """Return every metric of validation and test; None for a split that is not there.

    Metrics that a split does not define, such as the AUC of one class, are left out.
    """
    found: dict[str, dict[str, float] | None] = {"val": None, "test": None}
    for one in evaluations:
        scores = task.scores(one.evaluation.probabilities, one.evaluation.targets)
        found[one.name] = {k: round(v, 6) for k, v in scores.items()}
    return found


def class_scores(evaluation: Evaluation, classes: Sequence[str]) -> list[ClassScore]:
    """Return how many images of every class that occurs are answered right."""
    right = evaluation.probabilities.argmax(1) == evaluation.targets
    counts = np.bincount(evaluation.targets, minlength=len(classes))
    hits = np.bincount(evaluation.targets[right], minlength=len(classes))
    return [
        ClassScore(name, int(hits[i]), int(counts[i]))
        for i, name in enumerate(classes)
        if counts[i]
    ]
