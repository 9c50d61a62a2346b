"""What a classifier says of one image, and how that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import ArgumentError


@dataclass(frozen=True)
class Prediction:
    """The prediction of a model for one image.

    Attributes:
        name: Name of the file, or "image 3" for arrays.
        label: Most probable class.
        probability: Probability of that class.
        probabilities: Probability of every class, in the order of `classes`.
        classes: Class names of the model.
        mean: Mean of the classes' values, where the model answers with that.

    Example:
        >>> p = np.array([0.2, 0.7, 0.1], np.float32)
        >>> Prediction("a.png", "dog", 0.7, p, ("cat", "dog", "fox")).top(1)
        [('dog', 0.69999998...)]
    """

    name: str
    label: str
    probability: float
    probabilities: npt.NDArray[np.float32]
    classes: tuple[str, ...]
    mean: float | None = None

    def __repr__(self) -> str:
        return f"Prediction({self.name!r}, {self.label!r}, {self.probability:.4f})"

    def top(self, count: int) -> list[tuple[str, float]]:
        """Return the `count` most probable classes, the most probable first.

        Raises:
            ArgumentError: If it is no whole number of 1 or more.
        """
        if not isinstance(count, int) or count < 1:
            raise ArgumentError(f"`top` must be a whole number > 0, got {count!r}.")
        order = np.argsort(-self.probabilities, kind="stable")[:count]
        return [(self.classes[i], float(self.probabilities[i])) for i in order]

    @property
    def _means(self) -> dict[str, float]:
        """The mean by its name, where the model answers with one."""
        return {} if self.mean is None else {"mean": self.mean}

    def _best(self, count: int) -> list[tuple[str, float]]:
        """Return the label, which may be unknown, and the most probable others."""
        own = self.label if self.label in self.classes else self.top(1)[0][0]
        others = [pair for pair in self.top(count + 1) if pair[0] != own]
        return [(self.label, self.probability), *others[: count - 1]]

    def words(self, top: int) -> list[str]:
        """Return the words of a line: classes with their probabilities, the mean."""
        pairs = [*self._best(top), *self._means.items()]
        return [word for name, value in pairs for word in (name, f"{value:.4f}")]

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds: label, probability, mean, all probabilities."""
        pairs = zip(self.classes, self.probabilities, strict=True)
        return {
            "label": self.label,
            "probability": round(self.probability, 6),
            **{name: round(value, 6) for name, value in self._means.items()},
            "probabilities": {name: round(float(value), 6) for name, value in pairs},
        }

    def cells(self, top: int, *, every_class: bool) -> list[str]:
        """Return the cells of a row: the best classes, or all of them, and the mean."""
        means = [f"{value:.4f}" for value in self._means.values()]
        if every_class:
            return [self.label, *(f"{x:.6f}" for x in self.probabilities), *means]
        return [cell for c, v in self._best(top) for cell in (c, f"{v:.4f}")] + means


def as_table(
    found: Sequence[Prediction], classes: Sequence[str], top: int, *, every_class: bool
) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns and the rows, without the names of the images."""
    shown = range(1, min(top, len(classes)) + 1)
    best = [x for i in shown for x in (f"class_{i}", f"probability_{i}")]
    head = ["label", *classes] if every_class else best
    means = next((list(one._means) for one in found), [])
    return head + means, [one.cells(top, every_class=every_class) for one in found]
