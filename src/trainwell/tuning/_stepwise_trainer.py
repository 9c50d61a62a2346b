"""What the first steps of tuning act on: a network that can be begun anew."""

from collections.abc import Callable
from typing import Protocol


class StepwiseTrainer(Protocol):
    """A network in training, one update at a time."""

    def step(self, rate: float) -> float:
        """Update once at this rate; return the loss before the update."""
        ...

    def accuracy(self) -> float:
        """Return the share of right answers on the images that it learns from."""
        ...


TrainerFactory = Callable[[], StepwiseTrainer]
"""Returns a network that has not been trained, the same each time."""
