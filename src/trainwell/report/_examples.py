"""The most informative images: the worst mistakes and the least certain predictions."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from trainwell.report._run_files import RunFiles

SHOWN = 12


@dataclass(frozen=True)
class Example:
    """An image with what it is and what it was taken for.

    Attributes:
        uri: The image itself, as the network saw it.
        tiny: Whether it is to be enlarged as squares.
        name: Its file, or its place in an array.
        true: Its class.
        prediction: The class predicted.
        probability: Probability of that class.
        of_true: Probability of the true class.
    """

    uri: str
    tiny: bool
    name: str
    true: str
    prediction: str
    probability: float
    of_true: float

    @property
    def right(self) -> bool:
        """Whether the prediction is the true class."""
        return self.true == self.prediction

    @property
    def words(self) -> str:
        """What it shows, for who cannot see it."""
        return (
            f"{self.name}: {self.true}, predicted {self.prediction} with probability "
            f"{self.probability:.2f}"
        )


def worst_mistakes(files: RunFiles) -> list[Example]:
    """Return the wrong predictions that gave the true class the least probability."""
    of_true = files.probabilities[np.arange(len(files.targets)), files.targets]
    wrong = files.probabilities.argmax(1) != files.targets
    kept = np.flatnonzero(wrong[files.indices])
    order = kept[np.argsort(of_true[files.indices][kept], kind="stable")]
    return _examples(files, order[:SHOWN].tolist())


def least_certain(files: RunFiles) -> list[Example]:
    """Return the predictions of least probability, right or wrong."""
    certain = files.probabilities.max(1)[files.indices]
    order = np.argsort(certain, kind="stable")
    return _examples(files, order[:SHOWN].tolist())


def _examples(files: RunFiles, rows: Iterable[int]) -> list[Example]:
    classes = files.metadata.classes
    found = []
    for row in rows:
        index = int(files.indices[row])
        said, true = files.probabilities[index], int(files.targets[index])
        prediction = int(said.argmax())
        found.append(
            Example(
                *files.pictured(row),
                true=classes[true],
                prediction=classes[prediction],
                probability=float(said[prediction]),
                of_true=float(said[true]),
            )
        )
    return found
