"""What is said of the labels of one image, and how that is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


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

    def words(self, top: int) -> list[str]:
        """Return the words of a line: the labels with their probabilities."""
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
    found: Sequence[LabelSetPrediction], columns: Sequence[str]
) -> tuple[list[str], list[list[str]]]:
    """Return the heads of the columns and the rows, without the names of the images."""
    rows = [
        ["|".join(one.labels), *(f"{one._of(name):.6f}" for name in columns)]
        for one in found
    ]
    return ["labels", *columns], rows
