"""The contract of a task: everything that depends on what a network predicts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.augment.ops import TransformParams
from trainwell.core.image_size import ImageSize
from trainwell.data import TargetReader
from trainwell.metrics import Calibration
from trainwell.tasks._answer import Depths, Linear, Table
from trainwell.tasks._metric import Floats, Metric, Targets


@dataclass(frozen=True)
class Task(ABC):
    """What a network predicts, kept with its fields in `model.json`.

    Attributes:
        name: Name in recipes, summaries and `model.json`.
        headline: Name of the metric that curves, tables and messages show, and that
            chooses the best weights unless the recipe names another.
        logged: Names of the metrics of every evaluation in a run, `loss` among them.
        quality: The logged metric by which a verdict judges: at most 1, which is
            perfect, and comparable across data; `chance` is its value without a look.
        reader: Reads its targets.
        losses: Names of the losses that fit, the default first.
        heads: Other heads than a linear map, and the losses that fit each.
        linear: The linear model on frozen features: of `classes`, `labels`, `numbers`.
        depths: What a solved head reads: `all` blocks, `cells` or `parts` of images.
        sections: Names of the sections that its report has beside the usual.
        located: Whether targets are places in the image, and move with it.
        mixes: Whether targets of two images can be mixed in proportion.

    Example:
        >>> Classification(("cat", "dog", "fox")).num_outputs
        3
    """

    name: ClassVar[str]
    headline: ClassVar[str]
    logged: ClassVar[tuple[str, ...]]
    quality: ClassVar[str]
    reader: ClassVar[TargetReader]
    losses: ClassVar[tuple[str, ...]]
    linear: ClassVar[Linear]
    depths: ClassVar[Depths] = "all"
    heads: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    sections: ClassVar[tuple[str, ...]] = ()
    located: ClassVar[bool] = False
    mixes: ClassVar[bool] = True

    @classmethod
    @abstractmethod
    def made(
        cls, names: Sequence[str], targets: Targets, settings: Mapping[str, Any]
    ) -> "Task":
        """Return the task of these names of what is predicted, and training targets.

        The settings are what the recipe says about the loss (`name` and its arguments),
        about images (`image_size`, `fit`, `flip`), and the `sizes` of these.

        Raises:
            ArgumentError: If the settings do not fit the names.
        """

    @property
    @abstractmethod
    def labels(self) -> tuple[str, ...]:
        """The names of what is predicted, such as the classes, in their order."""

    @property
    @abstractmethod
    def num_outputs(self) -> int:
        """The length of the network's output for one image."""

    @abstractmethod
    def check(self, num_outputs: int) -> None:
        """Raise ValueError if the fields do not fit such a network, or each other."""

    @abstractmethod
    def counts(self, targets: Targets) -> npt.NDArray[np.int64]:
        """Return the images of each output, by which losses weigh rare ones."""

    @abstractmethod
    def vectors(self, targets: Tensor) -> Tensor:
        """Return targets as floating-point vectors that can be mixed, (n, outputs)."""

    def loss_arguments(self) -> Mapping[str, Any]:
        """Return what the task says to losses that have an argument of this name."""
        return {}

    @abstractmethod
    def predictions(self, outputs: Tensor) -> Tensor:
        """Return what the outputs of a network, (n, num_outputs), say of the images."""

    def loss_inputs(
        self, outputs: Tensor, targets: Tensor
    ) -> tuple[Tensor, Tensor, dict[str, Any]]:
        """Return what a loss takes: outputs, targets as vectors, other arguments."""
        return outputs, self.vectors(targets).to(outputs.dtype), {}

    def moved(
        self,
        targets: npt.NDArray[np.floating],
        params: TransformParams,
        sizes: npt.NDArray[np.integer],
        size: ImageSize,
    ) -> npt.NDArray[np.float64]:
        """Return targets that are places, in pixels of the images, where shown.

        `sizes` are heights and widths of the images, `size` that of what is shown.
        """
        return targets.astype(np.float64)

    def mean_shape(self) -> tuple[tuple[float, ...], float] | None:
        """Return the mean shape in fractions, and the scale of outputs, if any."""
        return None

    def mirrored(self, values: Any) -> Any:  # noqa: ANN401
        """Return the predictions, or targets, of mirrored images."""
        return values

    def placed(self, values: Floats, frames: npt.NDArray[np.float64]) -> Any:  # noqa: ANN401
        """Return predictions, or targets, in pixels of whole images; see `Batch`."""
        return values

    @property
    @abstractmethod
    def metrics(self) -> Mapping[str, Metric]:
        """Every metric by its name; `loss` and the headline are among them."""

    def scores(self, predictions: Floats, targets: Targets) -> dict[str, float]:
        """Return every metric that is defined for these predictions, by its name."""
        found = {k: m.value(predictions, targets) for k, m in self.metrics.items()}
        return {name: value for name, value in found.items() if np.isfinite(value)}

    @property
    def measured_in(self) -> Mapping[str, str]:
        """The units of what is predicted and of metrics, by name, as far as known."""
        return {}

    @abstractmethod
    def chance(self, targets: Targets) -> float:
        """Return the `quality` of the best answer that is the same for all images."""

    @classmethod
    def selects(cls, *, unequal: bool) -> str:
        """Return what chooses the best weights; of some far rarer than others, too."""
        return cls.headline

    def fit_temperature(self, outputs: Floats, targets: Targets) -> float:
        """Return what outputs are divided by, fitted to validation; 1 for nothing."""
        return 1.0

    def fitted(self, predictions: Floats, targets: Targets) -> "Task":
        """Return the task with what it learns from validation, such as thresholds."""
        return self

    def calibration(self, predictions: Floats, targets: Targets) -> Calibration | None:
        """Return how far probabilities are from frequencies; None without any."""
        return None

    def outcomes(
        self, predictions: Floats, targets: Targets
    ) -> list[tuple[str, int, int]]:
        """Return name, right answers and images of every class; none without such."""
        return []

    @abstractmethod
    def breakdown(self, predictions: Floats, targets: Targets) -> list[dict[str, Any]]:
        """Return a row for each of the labels: how well it is predicted."""

    @abstractmethod
    def caption(self, target: Any) -> str:  # noqa: ANN401
        """Return the target of an image in a word or two."""

    @abstractmethod
    def prediction(self, name: str, values: npt.NDArray[np.float32]) -> Any:  # noqa: ANN401
        """Return what its row of predictions says of the image of this name."""

    @abstractmethod
    def table(self, found: Sequence[Any], top: int, *, all_outputs: bool) -> Table:
        """Return answers as a table of the `top` labels, or of all outputs."""

    @abstractmethod
    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return which images a report shows: `count` of each kind, in order."""

    @property
    def mirrors(self) -> bool:
        """Whether the mean over mirror images is worth naming after a training."""
        return False
