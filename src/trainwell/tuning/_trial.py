"""The trials of a search: their specifications and their results."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainwell.tuning._values import Point


@dataclass(frozen=True)
class TrialSpec:
    """The specification of a trial.

    Attributes:
        stage: Stage such as `coarse`, `refine 1` or `repeat`, within which scores can
            be compared.
        origin: Origin of the point: `default`, `random`, `grid`, `tpe` or `best`.
        point: Values of the searched fields.
        epochs: Length of the training in epochs.
        decays: Whether the learning rate follows the recipe's schedule, or stays.
        seed: Number of the seed; 0 is the recipe's own.

    Example:
        >>> TrialSpec("coarse", "random", {"optimizer.lr": 0.1}, epochs=2.0).decays
        True
    """

    stage: str
    origin: str
    point: Point
    epochs: float
    decays: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Trial:
    """A finished trial.

    Attributes:
        number: Number of the trial, from 0.
        spec: Specification of the trial.
        score: Metric of validation after the last epoch, such as the accuracy, the
            higher the better; of an error, its negative. `FAILED` if it failed.
        curve: Evaluations: epoch, score, val_loss, the metrics of both splits.
        state: `complete`, `pruned`, or `failed` if the loss was not finite.

    Example:
        >>> spec = TrialSpec("coarse", "random", {"optimizer.lr": 0.1}, epochs=2.0)
        >>> Trial(0, spec, 0.9, ({"val_accuracy": 0.9},), "complete").scores
        (0.9,)
    """

    number: int
    spec: TrialSpec
    score: float
    curve: tuple[Mapping[str, float], ...]
    state: str

    @property
    def scores(self) -> tuple[float, ...]:
        """Scores on validation, one per evaluation; accuracies where they name none."""
        return tuple(
            line["score"] if "score" in line else line["val_accuracy"]
            for line in self.curve
        )


FAILED = -math.inf
"""Score of a trial that failed."""

Propose = Callable[[int, Sequence[Trial]], TrialSpec]
"""Function from a trial's number and the finished trials to its specification."""

Work = Callable[[range, Propose], Sequence[Trial]]
"""Function that runs the trials of these numbers, in this process or in others; returns
those there was time for, in order."""


def best_of(trials: Iterable[Trial]) -> Trial | None:
    """Return the complete trial with the highest score; of equals, the first.

    Example:
        >>> spec = TrialSpec("coarse", "random", {"optimizer.lr": 0.1}, epochs=2.0)
        >>> trials = [Trial(i, spec, score, (), "complete")
        ...           for i, score in enumerate((0.5, 0.7))]
        >>> best_of(trials).number
        1
    """
    complete = [t for t in trials if t.state == "complete"]
    return max(complete, key=lambda t: (t.score, -t.number), default=None)
