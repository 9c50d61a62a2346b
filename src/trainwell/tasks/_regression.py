"""Regression: one number per image, or several.

outputs = (numbers - mean) / scale,    numbers = mean + scale outputs

Means and scales are those of the training images, so that columns count the same in
the loss whatever their units; answers are in the units of the source, each with the
interval that held `COVERAGE` of the validation images' errors.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from trainwell import metrics
from trainwell.data import TargetReader
from trainwell.tasks._answer import Linear, Table
from trainwell.tasks._metric import Floats, Metric, Targets, largest
from trainwell.tasks._number_prediction import NumberPrediction, number_table
from trainwell.tasks._number_targets import NumberTargets, name_and_unit
from trainwell.tasks._task import Task

_IN_UNITS = ("mae", "rmse")
COVERAGE = 0.9
"""Share of new images whose numbers are expected within the interval."""


@dataclass(frozen=True)
class Regression(Task):
    """Numbers per image.

    Attributes:
        names: Names of the numbers, in the order of the outputs.
        units: Their units; empty for none.
        mean: Means of the training images.
        scale: Standard deviations of the training images.
        widths: Half the widths of intervals, fitted to validation images by split
            conformal prediction; empty where too few were held out.

    Example:
        >>> task = Regression(("age",), ("years",), mean=(40.0,), scale=(10.0,))
        >>> task.predictions(torch.tensor([[1.5]])).item()
        55.0
    """

    name: ClassVar[str] = "regression"
    headline: ClassVar[str] = "mae"
    logged: ClassVar[tuple[str, ...]] = ("loss", "mae", "r2")
    quality: ClassVar[str] = "r2"
    reader: ClassVar[TargetReader] = NumberTargets()
    losses: ClassVar[tuple[str, ...]] = ("l2", "smooth_l1", "l1", "wing", "quantile")
    linear: ClassVar[Linear] = "numbers"
    sections: ClassVar[tuple[str, ...]] = ("numbers",)
    names: tuple[str, ...]
    units: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    widths: tuple[float, ...] = ()

    @classmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> Self:
        """Return the task with the means and deviations of these targets."""
        plain, units = zip(*map(name_and_unit, names), strict=True)
        if len({*plain}) < len(plain):
            plain, units = tuple(names), ("",) * len(names)
        scale = np.where(targets.std(0) > 0, targets.std(0), 1.0)
        return cls(plain, units, tuple(targets.mean(0).tolist()), tuple(scale.tolist()))

    @property
    def labels(self) -> tuple[str, ...]:
        """The names with their units, as the source has them."""
        pairs = zip(self.names, self.units, strict=True)
        return tuple(f"{name} ({unit})" if unit else name for name, unit in pairs)

    @property
    def num_outputs(self) -> int:
        """One per number."""
        return len(self.names)

    def check(self, num_outputs: int) -> None:
        """Raise ValueError without a mean and a positive scale for every output."""
        lengths = {len(self.names), len(self.units), len(self.mean), len(self.scale)}
        if lengths != {num_outputs} or len(self.widths) not in (0, num_outputs):
            raise ValueError(f"{len(self.names)} numbers for {num_outputs} outputs")
        if not np.isfinite([*self.mean, *self.scale]).all() or min(self.scale) <= 0:
            raise ValueError("a mean or a scale that is no positive number")

    def counts(self, targets: Targets) -> npt.NDArray[np.int64]:
        """Return the images, for every number."""
        return np.full(len(self.names), len(targets), np.int64)

    def vectors(self, targets: Tensor) -> Tensor:
        """Return the numbers in deviations from the mean."""
        return (
            (targets - self._row(targets, self.mean)) / self._row(targets, self.scale)
        ).float()

    def predictions(self, outputs: Tensor) -> Tensor:
        """Return the numbers in the units of the source."""
        return self._row(outputs, self.mean) + self._row(outputs, self.scale) * outputs

    @staticmethod
    def _row(like: Tensor, values: Sequence[float]) -> Tensor:
        return torch.tensor(values, dtype=like.dtype, device=like.device)

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Mean error, root mean square, share of variance explained, rank correlation.

        Means over the numbers, where there are several.
        """

        def loss(predictions: Floats, targets: Targets) -> float:
            return float((((predictions - targets) / self.scale) ** 2).mean())

        return {
            "mae": Metric(_mean_of(metrics.mean_absolute_errors), lower_is_better=True),
            "rmse": Metric(
                _mean_of(metrics.root_mean_squared_errors), lower_is_better=True
            ),
            "r2": Metric(_mean_of(metrics.r2)),
            "spearman": Metric(_mean_of(metrics.spearman)),
            "loss": Metric(loss, lower_is_better=True),
        }

    @property
    def measured_in(self) -> Mapping[str, str]:
        """The units of the numbers; of their errors, too, where all have the same."""
        found = {n: u for n, u in zip(self.names, self.units, strict=True) if u}
        if found and len({*self.units}) == 1:
            found |= dict.fromkeys(_IN_UNITS, self.units[0])
        return found

    def chance(self, targets: Targets) -> float:
        """Return that of the mean: nothing is explained."""
        return 0.0

    @classmethod
    def selects(cls, *, unequal: bool) -> str:
        """Return the share of variance explained, which has no unit."""
        return "r2"

    def fitted(self, predictions: Floats, targets: Targets) -> Self:
        """Return the task with intervals around what it predicts."""
        errors = np.abs(predictions - targets)
        widths = [metrics.conformal_width(column, COVERAGE) for column in errors.T]
        known = bool(np.isfinite(widths).all())
        return replace(self, widths=tuple(map(float, widths)) if known else ())

    def caption(self, target: Any) -> str:  # noqa: ANN401
        """Return the numbers."""
        pairs = zip(self.labels, target, strict=True)
        return ", ".join(f"{name} {value:.4g}" for name, value in pairs)

    def prediction(
        self, name: str, values: npt.NDArray[np.float32]
    ) -> NumberPrediction:
        """Return the numbers, and where they are expected."""
        numbers = tuple(map(float, values))
        return NumberPrediction(name, self.names, self.units, numbers, self.widths)

    def table(
        self, found: Sequence[NumberPrediction], top: int, *, all_outputs: bool
    ) -> Table:
        """Return a column for every number, and for the ends of its interval."""
        return number_table(found, self.labels)

    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return the errors of every number."""
        rows = []
        for i, label in enumerate(self.labels):
            one = predictions[:, i : i + 1], targets[:, i : i + 1]
            found = {k: m.value(*one) for k, m in self.metrics.items() if k != "loss"}
            rows.append({"target": label, **found, "num_images": len(targets)})
        return rows

    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return the images with the largest errors, in deviations."""
        errors = (np.abs(predictions - targets) / self.scale).mean(1)
        return largest(errors, count)


def _mean_of(
    metric: Callable[[Floats, Targets], Floats],
) -> Callable[[Floats, Targets], float]:
    """Return the mean of a metric over the numbers."""
    return lambda predictions, targets: metrics.column_mean(
        metric(predictions, targets)
    )
