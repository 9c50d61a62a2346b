"""The answer to one image."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Prediction:
    """What the model says of one image.

    Attributes:
        name: The file, or "image 3" for arrays.
        label: The most probable class.
        probability: Of that class.
        probabilities: Of every class, in the order of the model's classes.
        classes: The model's class names.
    """

    name: str
    label: str
    probability: float
    probabilities: npt.NDArray[np.float32]
    classes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Prediction({self.name!r}, {self.label!r}, {self.probability:.4f})"

    def top(self, count: int) -> list[tuple[str, float]]:
        """Return the `count` most probable classes, the most probable first."""
        order = np.argsort(-self.probabilities, kind="stable")[:count]
        return [(self.classes[i], float(self.probabilities[i])) for i in order]
