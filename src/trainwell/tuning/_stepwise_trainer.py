"""The network of the first steps of tuning, which trains one update at a time."""

from collections.abc import Callable
from typing import Protocol


class StepwiseTrainer(Protocol):
    """A network that trains one update at a time.

    Example:
        >>> class Bowl:
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def quality(self):
        ...         return float(abs(self.x) < 0.01)
        >>> trainer: StepwiseTrainer = Bowl()
        >>> trainer.step(0.5), trainer.step(0.5)
        (0.5, 0.125)
    """

    def step(self, rate: float) -> float:
        """Update once at this rate; return the loss before the update."""
        ...

    def quality(self) -> float:
        """Return how well the training images are predicted; 1 is perfect."""
        ...


TrainerFactory = Callable[[], StepwiseTrainer]
"""Function that returns an untrained network, the same each time."""
