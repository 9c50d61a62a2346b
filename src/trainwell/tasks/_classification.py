"""Classification: one class per image.

predictions = softmax(outputs),    label = the most probable class
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell import metrics
from trainwell.core.errors import ArgumentError
from trainwell.core.tensors import class_distributions
from trainwell.data import CLASSES, TargetReader
from trainwell.metrics import Calibration
from trainwell.tasks._answer import Linear, Table
from trainwell.tasks._class_prediction import Prediction, as_table
from trainwell.tasks._metric import Floats, Metric, Targets
from trainwell.tasks._task import Task

_FRACTIONS = ("accuracy", "balanced_accuracy")  # of the images


@dataclass(frozen=True)
class Classification(Task):
    """One class per image.

    Attributes:
        classes: Class names in the order of the outputs.
        class_values: Numbers that the classes stand for, where the answer is the mean
            of these; see `label_distribution_loss`.

    Example:
        >>> Classification(("20", "25"), class_values=(20.0, 25.0)).labels
        ('20', '25')
    """

    name: ClassVar[str] = "classification"
    headline: ClassVar[str] = "accuracy"
    logged: ClassVar[tuple[str, ...]] = ("loss", "accuracy", "balanced_accuracy")
    quality: ClassVar[str] = "accuracy"
    reader: ClassVar[TargetReader] = CLASSES
    losses: ClassVar[tuple[str, ...]] = (
        "cross_entropy", "focal", "hinge", "label_distribution", "kl_divergence",
        "arcface", "binary_cross_entropy", "binary_focal", "asymmetric", "l2", "l1",
        "smooth_l1", "wing", "adaptive_wing", "quantile",
    )  # fmt: skip
    linear: ClassVar[Linear] = "classes"
    sections: ClassVar[tuple[str, ...]] = ("classes",)
    classes: tuple[str, ...]
    class_values: tuple[float, ...] | None = None

    @classmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> Self:
        """Return the task; classes have values where the loss is over such.

        They are the field `loss.values`, else the numbers that all class names are.
        """
        if settings.get("name") != "label_distribution":
            return cls(tuple(names))
        given = settings.get("values")
        if given is None:
            return cls(tuple(names), metrics.class_values(names))
        if len(given) != len(names):
            raise ArgumentError(
                f"`loss.values` must be {len(names)}, one for each of "
                f"{', '.join(names)}; got {len(given)}."
            )
        return cls(tuple(names), tuple(map(float, given)))

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes."""
        return self.classes

    @property
    def num_outputs(self) -> int:
        """One per class."""
        return len(self.classes)

    def check(self, num_outputs: int) -> None:
        """Raise ValueError without two or more classes, all different."""
        count = len(self.classes)
        if not 2 <= len(set(self.classes)) == count == num_outputs:
            raise ValueError(f"{count} class names for {num_outputs} outputs")
        if self.class_values is not None and len(self.class_values) != count:
            raise ValueError("another number of values than of classes")

    def counts(self, targets: Targets) -> npt.NDArray[np.int64]:
        """Return the images of each class."""
        return np.bincount(targets, minlength=len(self.classes))

    def vectors(self, targets: Tensor) -> Tensor:
        """Return distributions over the classes; indices have all of it at one."""
        return class_distributions(targets, len(self.classes))

    def loss_arguments(self) -> Mapping[str, Any]:
        """Return the values of the classes, where they have some."""
        return {} if self.class_values is None else {"values": self.class_values}

    def predictions(self, outputs: Tensor) -> Tensor:
        """Return the probability of every class."""
        return outputs.softmax(-1)

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Those of `trainwell.metrics`."""
        return {
            name: Metric(
                value,
                lower_is_better=name == "loss",
                is_fraction=name in _FRACTIONS,
            )
            for name, value in metrics.METRICS.items()
        }

    def scores(self, predictions: Floats, targets: Targets) -> dict[str, float]:
        """Return `metrics.scores`: with values of the classes there is `mae`, too."""
        return metrics.scores(predictions, targets, self.class_values)

    def chance(self, targets: Targets) -> float:
        """Return that of guessing: one class in so many."""
        return 1 / len(self.classes)

    @classmethod
    def selects(cls, *, unequal: bool) -> str:
        """Return the accuracy; the balanced one where classes are of unequal size."""
        return "balanced_accuracy" if unequal else "accuracy"

    def fit_temperature(self, outputs: Floats, targets: Targets) -> float:
        """Return `metrics.fit_temperature`; the spread over values was learned."""
        if self.class_values is not None:
            return 1.0
        return metrics.fit_temperature(outputs, targets)

    def caption(self, target: Any) -> str:  # noqa: ANN401
        """Return the class."""
        return self.classes[int(target)]

    def prediction(self, name: str, values: npt.NDArray[np.float32]) -> Prediction:
        """Return the class, and the mean of the values where classes have some."""
        best = int(values.argmax())
        mean = None
        if self.class_values is not None:
            mean = float(values @ np.array(self.class_values))
        label, probability = self.classes[best], float(values[best])
        return Prediction(name, label, probability, values, self.classes, mean)

    def table(
        self, found: Sequence[Prediction], top: int, *, all_outputs: bool
    ) -> Table:
        """Return the best classes of each image, or a column for every class."""
        return as_table(found, self.classes, top, every_class=all_outputs)

    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return the worst mistakes and the least certain images."""
        of_target = predictions[np.arange(len(targets)), targets]
        wrong = np.flatnonzero(predictions.argmax(1) != targets)
        worst = wrong[np.argsort(of_target[wrong], kind="stable")][:count]
        certain = np.argsort(predictions.max(1), kind="stable")[:count]
        return np.unique(np.concatenate([worst, certain])).astype(np.int64)

    def calibration(self, predictions: Floats, targets: Targets) -> Calibration:
        """Return that of the most probable classes."""
        return metrics.calibrate(predictions, targets)

    def outcomes(
        self, predictions: Floats, targets: Targets
    ) -> list[tuple[str, int, int]]:
        """Return every class that occurs."""
        counts = self.counts(targets)
        right = self.counts(targets[predictions.argmax(1) == targets])
        rows = zip(self.classes, right.tolist(), counts.tolist(), strict=True)
        return [row for row in rows if row[2]]

    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return the recall of every class that occurs."""
        return [
            {"class": name, "recall": right / count, "num_images": count}
            for name, right, count in self.outcomes(predictions, targets)
        ]

    @property
    def mirrors(self) -> bool:
        """Not where the answer is a mean, whose error is no share of right answers."""
        return self.class_values is None
