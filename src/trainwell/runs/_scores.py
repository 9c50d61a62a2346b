"""How a model does on some data: the metrics of its task, and a row for each label."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.tasks import Task
from trainwell.training import Evaluation


@dataclass(frozen=True)
class Scores:
    """How a model does on some data.

    Attributes:
        evaluation: The predictions behind it.
        split: What was evaluated: `train`, `val`, `test`, `all`, or `new` for images
            that the run has not seen.
        notes: What was left out, and what deserves attention.
        task: What is predicted.
    """

    evaluation: Evaluation
    split: str
    notes: tuple[str, ...]
    task: Task

    @property
    def accuracy(self) -> float:
        """Share of right answers, where there are right and wrong ones."""
        return self.evaluation.accuracy

    @property
    def loss(self) -> float:
        """The task's loss: of classes, the mean negative log probability."""
        return self.evaluation.loss

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row for each class, or for whatever else is predicted."""
        found = self.evaluation
        return self.task.breakdown(found.probabilities, found.targets)

    @property
    def per_class(self) -> dict[str, tuple[float, int]]:
        """Per class with images: recall, and how many images; none without classes."""
        found = self.evaluation
        rows = self.task.outcomes(found.probabilities, found.targets)
        return {name: (right / count, count) for name, right, count in rows}

    @property
    def confusion(self) -> npt.NDArray[np.int64]:
        """Rows are true classes, columns answers; empty without classes."""
        found = self.evaluation
        if not self.task.outcomes(found.probabilities, found.targets):
            return np.zeros((0, 0), np.int64)
        matrix = np.zeros((len(self.task.labels),) * 2, np.int64)
        np.add.at(matrix, (found.targets, found.probabilities.argmax(1)), 1)
        return matrix

    @property
    def metrics(self) -> dict[str, float]:
        """Every metric of the task that these images define."""
        found = self.evaluation
        return self.task.scores(found.probabilities, found.targets)

    def numbers(self) -> dict[str, Any]:
        """Return what can be written as JSON."""
        shown = self.task.headline
        whole = {
            "split": self.split,
            shown: self.evaluation.headline,
            "loss": self.loss,
            "metrics": self.metrics,
            **({"units": dict(units)} if (units := self.task.measured_in) else {}),
            "num_images": len(self.evaluation.targets),
        }
        confusion = self.confusion
        if not len(confusion):
            return {**whole, "rows": self.rows, "notes": list(self.notes)}
        return {
            **whole,
            "per_class": {
                name: {"recall": recall, "num_images": count}
                for name, (recall, count) in self.per_class.items()
            },
            "confusion": confusion.tolist(),
            "notes": list(self.notes),
        }
