"""The prediction for one image."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import ArgumentError
from trainwell.data import ImageLike


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


def image_name(image: ImageLike, number: int) -> str:
    """Return the path of an image, or its number among others where it has none.

    Example:
        >>> image_name("a.png", 3), image_name(b"bytes", 3)
        ('a.png', 'image 3')
    """
    return str(image) if isinstance(image, str | Path) else f"image {number}"


def prediction_of(
    image: ImageLike,
    number: int,
    probabilities: npt.NDArray[np.float32],
    classes: tuple[str, ...],
    values: tuple[float, ...] | None = None,
) -> Prediction:
    """Return the prediction for the image with a number in its batch, or a name."""
    best = int(probabilities.argmax())
    name = image_name(image, number)
    mean = None if values is None else float(probabilities @ np.array(values))
    return Prediction(
        name, classes[best], float(probabilities[best]), probabilities, classes, mean
    )
