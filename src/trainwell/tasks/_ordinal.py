"""Ordinal: classes in the order of the numbers that they are, such as ratings.

answer = sum_k p_k b_k,    b the numbers of the classes

A near miss costs less than a far one: the targets are distributions around the true
number, one step of the scale wide.

Source: Gao et al., "Deep Label Distribution Learning", 2017.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt

from trainwell import metrics
from trainwell.data import TargetReader
from trainwell.tasks._class_prediction import Prediction
from trainwell.tasks._classification import Classification
from trainwell.tasks._metric import Floats, Metric, Targets, largest
from trainwell.tasks._ordered_targets import OrderedTargets


@dataclass(frozen=True)
class Ordinal(Classification):
    """Classes that are numbers, in their order; the answer is the mean.

    Example:
        >>> task = Ordinal(("0", "0.33", "1"), class_values=(0.0, 0.33, 1.0))
        >>> task.prediction("a.png", np.array([0.5, 0.0, 0.5], np.float32)).mean
        0.5
    """

    name: ClassVar[str] = "ordinal"
    headline: ClassVar[str] = "mae"
    logged: ClassVar[tuple[str, ...]] = ("loss", "mae", "quadratic_kappa", "accuracy")
    quality: ClassVar[str] = "quadratic_kappa"
    reader: ClassVar[TargetReader] = OrderedTargets()
    losses: ClassVar[tuple[str, ...]] = (
        "label_distribution",
        *Classification.losses,
    )

    sections: ClassVar[tuple[str, ...]] = ("ordered",)

    @classmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> Self:
        """Return the task; the values are the classes' names."""
        return cls(tuple(names), metrics.class_values(names))

    def check(self, num_outputs: int) -> None:
        """Raise ValueError without classes in the order of their values."""
        super().check(num_outputs)
        if self.class_values is None or not (np.diff(self._values) > 0).all():
            raise ValueError("classes that are not in the order of their values")

    @property
    def _values(self) -> npt.NDArray[np.float64]:
        return np.array(self.class_values, np.float64)

    def loss_arguments(self) -> Mapping[str, Any]:
        """Return the values in steps of the scale, so that `sigma` is in steps."""
        steps = np.diff(self._values)
        return {"values": tuple((self._values / np.median(steps)).tolist())}

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Mean error, agreement, share of small errors, accuracy, log loss."""

        def answers(predictions: Floats) -> Floats:
            return metrics.mean_values(predictions, self._values)

        def errors(predictions: Floats, targets: Targets) -> Floats:
            return np.asarray(np.abs(answers(predictions) - self._values[targets]))

        def nearest(predictions: Floats) -> npt.NDArray[np.int64]:
            return metrics.nearest_classes(answers(predictions), self._values)

        step = float(np.median(np.diff(self._values)))
        return {
            "mae": Metric(
                lambda p, y: float(errors(p, y).mean()), lower_is_better=True
            ),
            "quadratic_kappa": Metric(
                lambda p, y: metrics.quadratic_kappa(
                    self._values[nearest(p)], self._values[y]
                )
            ),
            "within_one_step": Metric(
                lambda p, y: metrics.cumulative_score(errors(p, y), step),
                is_fraction=True,
            ),
            "accuracy": Metric(
                lambda p, y: float((nearest(p) == y).mean()), is_fraction=True
            ),
            "loss": Metric(metrics.log_loss, lower_is_better=True),
        }

    def scores(self, predictions: Floats, targets: Targets) -> dict[str, float]:
        """Return every metric."""
        return {k: m.value(predictions, targets) for k, m in self.metrics.items()}

    def chance(self, targets: Targets) -> float:
        """Return that of one number for all images: no agreement."""
        return 0.0

    @classmethod
    def selects(cls, *, unequal: bool) -> str:
        """Return the mean error."""
        return "mae"

    def prediction(self, name: str, values: npt.NDArray[np.float32]) -> Prediction:
        """Return the class nearest to the mean, and the mean."""
        means = metrics.mean_values(values[None], self._values)
        best = int(metrics.nearest_classes(means, self._values)[0])
        label, probability = self.classes[best], float(values[best])
        return Prediction(
            name, label, probability, values, self.classes, float(means[0])
        )

    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return the images with the largest errors."""
        answers = metrics.mean_values(predictions, self._values)
        errors = np.abs(answers - self._values[targets])
        return largest(errors, count)

    def outcomes(
        self, predictions: Floats, targets: Targets
    ) -> list[tuple[str, int, int]]:
        """Return none: a near miss is not simply wrong."""
        return []

    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return the mean answer and the mean error of every class that occurs."""
        answers = metrics.mean_values(predictions, self._values)
        rows = []
        for i, name in enumerate(self.classes):
            own = answers[targets == i]
            if len(own):
                error = float(np.abs(own - self._values[i]).mean())
                rows.append(
                    {
                        "class": name,
                        "mean_answer": float(own.mean()),
                        "mae": error,
                        "num_images": len(own),
                    }
                )
        return rows
