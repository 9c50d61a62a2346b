"""The contract of a task: everything that depends on what a network predicts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Targets = npt.NDArray[np.generic]


@dataclass(frozen=True)
class Task(ABC):
    """What a network predicts, and what this means for everything around it.

    Its fields are kept in `model.json`, from which the same task is read again.

    Attributes:
        name: Name in recipes, summaries and `model.json`.

    Example:
        >>> Classification(("cat", "dog", "fox")).num_outputs
        3
    """

    name: ClassVar[str]

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
        """

    @property
    @abstractmethod
    def mirrors(self) -> bool:
        """Whether the mean over mirror images is worth naming after a training."""
