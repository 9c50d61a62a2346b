"""How many trials a stage of a search has, and how long they are."""

from dataclasses import dataclass

from trainwell.core import checks

SAMPLERS = ("random", "grid", "tpe")


@dataclass(frozen=True)
class Stage:
    """A part of a search.

    Attributes:
        first: Number of its first trial.
        count: How many trials it has; of a round, where there are rounds.
        epochs: Length of each.
        seed: Of the points.
        sampler: `random`, `grid` or `tpe`.
    """

    first: int
    count: int
    epochs: float
    seed: int
    sampler: str = "random"

    def __post_init__(self) -> None:
        checks.one_of("sampler", self.sampler, SAMPLERS)
        checks.positive("count", self.count)
        checks.positive("epochs", self.epochs)
