"""What an experiment is, and what comes out of one run of it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """Trainings that differ in one thing.

    Attributes:
        claim: What is tested, in a sentence.
        common: Recipe keys and values that all trainings share, such as
            "train.epochs=40".
        variants: By name, what each has beside them. The first is what the others
            are compared with.
        seeded: Keys that are the training's seed too, beside `seed` itself.
    """

    claim: str
    common: tuple[str, ...]
    variants: Mapping[str, tuple[str, ...]]
    seeded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """One training.

    Attributes:
        variant: Its name.
        seed: Of the run.
        accuracy: On the test split, or on the validation split where there is none.
        seconds: Of training.
    """

    variant: str
    seed: int
    accuracy: float
    seconds: float
