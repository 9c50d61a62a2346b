"""A stage of a search: the number and the length of its trials."""

from dataclasses import dataclass

from trainwell.core import checks

SAMPLERS = ("random", "grid", "tpe")


@dataclass(frozen=True)
class Stage:
    """A stage of a search.

    Attributes:
        first: Number of the first trial.
        count: Number of trials, per round if there are rounds.
        epochs: Length of each trial in epochs.
        seed: Seed of the points.
        sampler: `random`, `grid` or `tpe`.

    Example:
        >>> Stage(first=0, count=9, epochs=2.0, seed=0).sampler
        'random'
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
