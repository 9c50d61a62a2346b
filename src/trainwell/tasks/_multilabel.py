"""Multilabel: any number of labels per image, each there or not.

p = sigmoid(outputs),    a label is said where p reaches its threshold

Thresholds are chosen on validation, where each gives its label the best F1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell import metrics
from trainwell.data import TargetReader
from trainwell.tasks._answer import Depths, Linear, Table
from trainwell.tasks._label_set_prediction import LabelSetPrediction, label_set_table
from trainwell.tasks._label_set_targets import LabelSetTargets
from trainwell.tasks._metric import Floats, Metric, Targets, largest
from trainwell.tasks._task import Task

_MAYBE = 0.5


@dataclass(frozen=True)
class Multilabel(Task):
    """Labels that are there or not.

    Attributes:
        names: The labels, in the order of the outputs.
        thresholds: Probability from which each is said; 0.5 for all if empty.

    Example:
        >>> task = Multilabel(("cat", "dog"), thresholds=(0.5, 0.2))
        >>> task.prediction("a.png", np.array([0.4, 0.3], np.float32)).labels
        ('dog',)
    """

    name: ClassVar[str] = "multilabel"
    headline: ClassVar[str] = "map"
    logged: ClassVar[tuple[str, ...]] = ("loss", "map", "exact_match")
    quality: ClassVar[str] = "map"
    reader: ClassVar[TargetReader] = LabelSetTargets()
    losses: ClassVar[tuple[str, ...]] = (
        "binary_cross_entropy",
        "binary_focal",
        "asymmetric",
    )
    linear: ClassVar[Linear] = "labels"
    depths: ClassVar[Depths] = "parts"
    sections: ClassVar[tuple[str, ...]] = ("labels",)
    names: tuple[str, ...]
    thresholds: tuple[float, ...] = ()

    @classmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> Self:
        """Return the task of these labels."""
        return cls(tuple(names))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels."""
        return self.names

    @property
    def num_outputs(self) -> int:
        """One per label."""
        return len(self.names)

    def check(self, num_outputs: int) -> None:
        """Raise ValueError without labels, all different, and their thresholds."""
        count = len(self.names)
        if not 1 <= len(set(self.names)) == count == num_outputs:
            raise ValueError(f"{count} labels for {num_outputs} outputs")
        if len(self.thresholds) not in (0, count):
            raise ValueError("another number of thresholds than of labels")

    def counts(self, targets: Targets) -> npt.NDArray[np.int64]:
        """Return the images that have each label."""
        found: npt.NDArray[np.int64] = targets.sum(0).astype(np.int64)
        return found

    def vectors(self, targets: Tensor) -> Tensor:
        """Return 1 for every label that is there, else 0."""
        return targets.float()

    def predictions(self, outputs: Tensor) -> Tensor:
        """Return the probability of every label."""
        return outputs.sigmoid()

    @property
    def _thresholds(self) -> npt.NDArray[np.float64]:
        return np.array(self.thresholds or [_MAYBE] * len(self.names))

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Mean average precision, F1, exact matches, log loss."""
        at = self._thresholds
        return {
            "map": Metric(metrics.mean_average_precision),
            "map_micro": Metric(
                lambda p, y: metrics.mean_average_precision(p, y, average="micro")
            ),
            "f1": Metric(lambda p, y: metrics.multilabel_f1(p, y, at)),
            "f1_micro": Metric(
                lambda p, y: metrics.multilabel_f1(p, y, at, average="micro")
            ),
            "exact_match": Metric(
                lambda p, y: metrics.exact_match(p, y, at), is_fraction=True
            ),
            "hamming_loss": Metric(
                lambda p, y: metrics.hamming_loss(p, y, at), lower_is_better=True
            ),
            "loss": Metric(metrics.binary_log_loss, lower_is_better=True),
        }

    def chance(self, targets: Targets) -> float:
        """Return the mean share of images that have a label: the precision of all."""
        return float(targets.mean(0)[targets.any(0)].mean()) if targets.any() else 0.0

    def fit_temperature(self, outputs: Floats, targets: Targets) -> float:
        """Return that of the highest likelihood: each label is a class, or not."""
        logits = np.stack([np.zeros_like(outputs), outputs], -1).reshape(-1, 2)
        return metrics.fit_temperature(logits, targets.reshape(-1).astype(np.int64))

    def fitted(self, predictions: Floats, targets: Targets) -> Self:
        """Return the task with the thresholds of the best F1."""
        found = metrics.choose_thresholds(predictions, targets)
        return replace(self, thresholds=tuple(map(float, found)))

    def caption(self, target: Any) -> str:  # noqa: ANN401
        """Return the labels."""
        return ", ".join(n for n, y in zip(self.names, target, strict=True) if y)

    def prediction(
        self, name: str, values: npt.NDArray[np.float32]
    ) -> LabelSetPrediction:
        """Return the labels that reach their thresholds."""
        said = values >= self._thresholds
        labels = tuple(n for n, yes in zip(self.names, said, strict=True) if yes)
        return LabelSetPrediction(name, labels, values, self.names)

    def table(
        self, found: Sequence[LabelSetPrediction], top: int, *, all_outputs: bool
    ) -> Table:
        """Return the labels of each image, and the best ones or all of them beside."""
        if all_outputs:
            return label_set_table(found, self.names)
        return label_set_table(found, (), top)

    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return precision and F1 of every label that occurs."""
        rows = []
        for i, name in enumerate(self.names):
            p, y = predictions[:, i : i + 1], targets[:, i : i + 1]
            if not y.any():
                continue
            at = self._thresholds[i : i + 1]
            rows.append(
                {
                    "label": name,
                    "average_precision": metrics.mean_average_precision(p, y),
                    "f1": metrics.multilabel_f1(p, y, at),
                    "threshold": float(at[0]),
                    "num_images": int(y.sum()),
                }
            )
        return rows

    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return the images with the largest error of a probability."""
        errors = np.abs(predictions - targets).max(1)
        return largest(errors, count)

    @property
    def mirrors(self) -> bool:
        """Labels are probabilities, and their mean is one."""
        return True
