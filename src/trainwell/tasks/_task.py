"""The contract of a task: everything that depends on what a network predicts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.tasks._metric import Floats, Metric, Targets

Table = tuple[list[str], list[list[str]]]
"""The heads of columns, and rows of cells."""


class Answer(Protocol):
    """What is said of one image, ready to be printed.

    Example:
        >>> values = np.array([0.25, 0.75], np.float32)
        >>> answer = Classification(("cat", "dog")).prediction("a.png", values)
        >>> answer.name, answer.words(top=1)
        ('a.png', ['dog', '0.7500'])
    """

    @property
    def name(self) -> str:
        """The file of the image, or its number among others."""
        ...

    def words(self, top: int) -> list[str]:
        """Return the words of a line, without the name."""
        ...

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds, without the name."""
        ...


@dataclass(frozen=True)
class Task(ABC):
    """What a network predicts, and what this means for everything around it.

    Its fields are kept in `model.json`, from which the same task is read again.

    Attributes:
        name: Name in recipes, summaries and `model.json`.
        headline: Name of the metric that curves, tables and messages show, and that
            chooses the best weights unless the recipe names another.
        logged: Names of the metrics of every evaluation in a run, `loss` among them.

    Example:
        >>> Classification(("cat", "dog", "fox")).num_outputs
        3
    """

    name: ClassVar[str]
    headline: ClassVar[str]
    logged: ClassVar[tuple[str, ...]]

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

    @abstractmethod
    def loss_arguments(self) -> Mapping[str, Any]:
        """Return what the task says to losses that have an argument of this name."""

    @abstractmethod
    def predictions(self, outputs: Tensor) -> Tensor:
        """Return what the outputs of a network, (n, num_outputs), say of the images."""

    @property
    @abstractmethod
    def metrics(self) -> Mapping[str, Metric]:
        """Every metric by its name; `loss` and the headline are among them."""

    @abstractmethod
    def scores(self, predictions: Floats, targets: Targets) -> dict[str, float]:
        """Return every metric that is defined for these predictions, by its name."""

    @abstractmethod
    def fit_temperature(self, outputs: Floats, targets: Targets) -> float:
        """Return what outputs are divided by, fitted to validation; 1 for nothing."""

    @abstractmethod
    def prediction(self, name: str, values: npt.NDArray[np.float32]) -> Any:  # noqa: ANN401
        """Return what is said of one image.

        Args:
            name: Its file, or its number among others.
            values: Its row of predictions.

        Returns:
            An `Answer`, of the task's own class.
        """

    @abstractmethod
    def table(self, found: Sequence[Any], top: int, *, all_outputs: bool) -> Table:
        """Return answers as a table, without a column of the names of the images.

        Args:
            found: Answers of this task.
            top: Most probable labels to show, where there is a choice.
            all_outputs: A column for every output instead.
        """

    @abstractmethod
    def informative(
        self, predictions: Floats, targets: Targets, count: int
    ) -> npt.NDArray[np.int64]:
        """Return which images a report shows: `count` of each kind, in their order."""

    @property
    @abstractmethod
    def mirrors(self) -> bool:
        """Whether the mean over mirror images is worth naming after a training."""
