"""A metric of a task: a number, which way is better, and whether it has noise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Targets = npt.NDArray[Any]


def largest(errors: Floats, count: int) -> npt.NDArray[np.int64]:
    """Return the images of the largest errors, in their order.

    Example:
        >>> largest(np.array([0.3, 0.1, 0.9]), 2).tolist()
        [0, 2]
    """
    return np.sort(np.argsort(-errors, kind="stable")[:count]).astype(np.int64)


@dataclass(frozen=True)
class Metric:
    """How well predictions fit their targets, in one number.

    Attributes:
        value: The number, a function of predictions and targets.
        lower_is_better: Whether it falls with quality.
        is_fraction: Whether it is a fraction of the images, and has the noise of one.

    Example:
        >>> error = Metric(lambda p, y: float(abs(p - y).mean()), lower_is_better=True)
        >>> error.score(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
        -1.0
    """

    value: Callable[[Floats, Targets], float]
    lower_is_better: bool = False
    is_fraction: bool = False

    def score(self, predictions: Floats, targets: Targets) -> float:
        """Return the number, or its negative: highest for the best weights."""
        found = self.value(predictions, targets)
        return -found if self.lower_is_better else found
