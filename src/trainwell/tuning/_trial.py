"""What a search proposes to train, and what came of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainwell.tuning._space import Point


@dataclass(frozen=True)
class TrialSpec:
    """A training that a search wants.

    Attributes:
        stage: Such as `coarse`, `refine 1` or `repeat`; scores of a stage compare.
        origin: Who proposed the point: `default`, `random`, `grid`, `tpe`, `best`.
        point: Values of the fields that are searched.
        epochs: How long to train.
        decays: Whether the rate follows the recipe's schedule, or stays.
        seed: Which seed: 0 is the recipe's own.
    """

    stage: str
    origin: str
    point: Point
    epochs: float
    decays: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Trial:
    """A training that a search has had.

    Attributes:
        number: Of the trial, from 0.
        spec: What was asked for.
        score: Validation accuracy after the last epoch; 0 if it failed.
        curve: Evaluations: epoch, train_accuracy, val_accuracy, val_loss.
        state: `complete`, `pruned` or `failed`, when the loss was not finite.
    """

    number: int
    spec: TrialSpec
    score: float
    curve: tuple[Mapping[str, float], ...]
    state: str

    @property
    def accuracies(self) -> tuple[float, ...]:
        """On the validation images, one per evaluation."""
        return tuple(line["val_accuracy"] for line in self.curve)


Propose = Callable[[int, Sequence[Trial]], TrialSpec]
"""From a trial's number and the finished trials to what it is."""

Work = Callable[[range, Propose], Sequence[Trial]]
"""Has the trials of these numbers done, by whom ever; returns those there was time for,
in order."""


def best_of(trials: Iterable[Trial]) -> Trial | None:
    """Return the complete trial with the highest score; of equals, the first."""
    complete = [t for t in trials if t.state == "complete"]
    return max(complete, key=lambda t: (t.score, -t.number), default=None)
