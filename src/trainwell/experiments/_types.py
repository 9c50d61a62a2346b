"""An experiment, and the outcome of one of its runs."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Experiment:
    """Trainings that differ in one thing.

    Attributes:
        claim: Claim under test, in one sentence.
        common: Recipe keys and values that all trainings share, such as
            "train.epochs=40".
        variants: Further keys and values by name of the variant; the others are
            compared with the first.
        seeded: Keys that are also set to the seed, beside `seed` itself.

    Example:
        >>> Experiment("Flips help.", (), {"none": (), "flip": ("augment.flip=true",)})
        Experiment(claim='Flips help.', common=(), variants={'none': (), ...
    """

    claim: str
    common: tuple[str, ...]
    variants: Mapping[str, tuple[str, ...]]
    seeded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The outcome of one training.

    Attributes:
        variant: Name of the variant.
        seed: Seed of the run.
        accuracy: Accuracy on the test split, or on the validation split without one.
        seconds: Training time in seconds.

    Example:
        >>> Outcome("flip", seed=0, accuracy=0.9, seconds=12.0).accuracy
        0.9
    """

    variant: str
    seed: int
    accuracy: float
    seconds: float
