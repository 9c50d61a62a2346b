"""What is said of the labels of one image, and how that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import ArgumentError


@dataclass(frozen=True)
class LabelSetPrediction:
    """The predicted labels of one image.

    Attributes:
        name: Name of the file, or "image 3" for arrays.
        labels: Labels whose probability reaches its threshold; perhaps none.
        probabilities: Probability of every label, in the order of `names`.
        names: All labels.

    Example:
        >>> p = np.array([0.9, 0.2], np.float32)
        >>> LabelSetPrediction("a.png", ("cat",), p, ("cat", "dog"))
        LabelSetPrediction('a.png', 'cat')
    """

    name: str
    labels: tuple[str, ...]
    probabilities: npt.NDArray[np.float32]
    names: tuple[str, ...]

    def __repr__(self) -> str:
        said = ", ".join(map(repr, (self.name, *self.labels)))
        return f"LabelSetPrediction({said})"

    def _of(self, label: str) -> float:
        return float(self.probabilities[self.names.index(label)])

    def top(self, count: int) -> list[tuple[str, float]]:
        """Return the `count` most probable labels, the most probable first.

        Raises:
            ArgumentError: If it is no whole number of 1 or more.
        """
        if not isinstance(count, int) or count < 1:
            raise ArgumentError(f"`top` must be a whole number > 0, got {count!r}.")
        order = np.argsort(-self.probabilities, kind="stable")[:count]
        return [(self.names[i], float(self.probabilities[i])) for i in order]

    def words(self, top: int) -> list[str]:
        """Return the words of a line: the labels with their probabilities.

        With a `top` above 1, the most probable labels, whether said or not.
        """
        if top > 1:
            return [word for x, p in self.top(top) for word in (x, f"{p:.4f}")]
        said = [word for x in self.labels for word in (x, f"{self._of(x):.4f}")]
        return said or ["no label"]

    def tree(self) -> dict[str, Any]:
        """Return what JSON holds: the labels, and all probabilities."""
        pairs = zip(self.names, self.probabilities, strict=True)
        return {
            "labels": list(self.labels),
            "probabilities": {name: round(float(value), 6) for name, value in pairs},
        }


def label_set_table(
    found: Sequence[LabelSetPrediction], columns: Sequence[str], top: int = 1
) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns and the rows, without the names of the images.

    Args:
        found: What is said of the images.
        columns: Labels with a column of their probabilities.
        top: How many of the most probable labels have columns, if more than one.
    """
    shown = min(top, len(found[0].names)) if found and top > 1 else 0
    ranks = range(1, shown + 1)
    best = [x for i in ranks for x in (f"label_{i}", f"probability_{i}")]
    rows = [
        [
            "|".join(one.labels),
            *(f"{one._of(name):.6f}" for name in columns),
            *(
                x
                for label, p in one.top(max(top, 1))[:shown]
                for x in (label, f"{p:.4f}")
            ),
        ]
        for one in found
    ]
    return ["labels", *columns, *best], rows
