"""The scores of whole splits that a summary keeps."""

from collections.abc import Sequence

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


def class_scores(evaluation: Evaluation) -> list[ClassScore]:
    """Return how many images of every class that occurs are answered right, if any."""
    found = evaluation.task.outcomes(evaluation.probabilities, evaluation.targets)
    return [ClassScore(*one) for one in found]


def headlines(
    evaluations: Sequence[SplitEvaluation], task: Task, *, held_out: bool = True
) -> dict[str, float | None]:
    """Return the shown metric of validation and test, by `val_` and `test_` its name.

    Args:
        evaluations: Splits.
        task: What is predicted.
        held_out: Whether validation images were; they have no number otherwise.
    """
    found = {one.name: round(one.evaluation.headline, 6) for one in evaluations}
    if not held_out:
        found.pop("val", None)
    return {f"{split}_{task.headline}": found.get(split) for split in ("val", "test")}
