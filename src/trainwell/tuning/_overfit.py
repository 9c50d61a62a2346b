"""Step 2: overfit a few batches.

Augmentation, weight decay, dropout and label smoothing are off, so that only a fault
can keep the network from 100 %.

Use: before any search; a network that cannot fit 5 batches will not learn the rest.
Side effects: it says nothing about other images.
Source: Karpathy, "A Recipe for Training Neural Networks", 2019, "overfit one batch",
https://karpathy.github.io/2019/04/25/recipe/
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.core import checks
from trainwell.tuning._stepwise_trainer import TrainerFactory

_FALLEN = 0.7  # of the first loss; above it, the loss counts as stuck


@dataclass(frozen=True)
class OverfitTrial:
    """Training on a few batches at one learning rate.

    Attributes:
        rate: Learning rate.
        losses: Loss of every update.
        accuracies: Accuracy after every pass over the batches.
        cause: `learned`, `not finite`, `stuck` or `too slow`.

    Example:
        >>> OverfitTrial(0.1, (2.3, 0.1), (0.5, 1.0), "learned").cause
        'learned'
    """

    rate: float
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]
    cause: str


@dataclass(frozen=True)
class Overfit:
    """The result of step 2.

    Attributes:
        attempts: Trials at one rate after another, until one succeeded.

    Example:
        >>> Overfit((OverfitTrial(0.1, (2.3, 0.1), (0.5, 1.0), "learned"),)).passed
        True
    """

    attempts: tuple[OverfitTrial, ...]

    @property
    def last(self) -> OverfitTrial:
        """The successful trial, or the one with the highest accuracy."""
        return max(
            self.attempts, key=lambda a: (a.cause == "learned", max(a.accuracies))
        )

    @property
    def passed(self) -> bool:
        """Whether every image was learned."""
        return self.last.cause == "learned"


def overfit(
    make_trainer: TrainerFactory,
    rates: Sequence[float],
    *,
    batches: int,
    passes: int = 60,
) -> Overfit:
    """Train on the same few batches until every prediction is correct.

    Args:
        make_trainer: Function that returns an untrained network, which trains on these
            batches in turn.
        rates: Learning rates to try, in this order.
        batches: Number of batches.
        passes: Largest number of passes over the batches per rate.

    Raises:
        ValueError: If there is no rate, no batch or no pass.

    Example:
        >>> class Bowl:  # x^2 / 2 from x = 1
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def accuracy(self):
        ...         return float(abs(self.x) < 0.01)
        >>> found = overfit(Bowl, [1e-6, 0.5], batches=2)
        >>> [trial.cause for trial in found.attempts]
        ['stuck', 'learned']
    """
    for name, value in (("batches", batches), ("passes", passes)):
        checks.positive(name, value)
    checks.positive("len(rates)", len(rates))
    attempts: list[OverfitTrial] = []
    for rate in rates:
        attempts.append(_attempt(make_trainer, rate, batches, passes))
        if attempts[-1].cause == "learned":
            break
    return Overfit(tuple(attempts))


def _attempt(
    make_trainer: TrainerFactory, rate: float, batches: int, passes: int
) -> OverfitTrial:
    trainer, losses, accuracies = make_trainer(), [], []
    cause = "too slow"
    for _ in range(passes):
        losses += [trainer.step(rate) for _ in range(batches)]
        accuracies.append(trainer.accuracy())
        if not all(math.isfinite(x) for x in losses[-batches:]):
            cause = "not finite"
            break
        if accuracies[-1] == 1:
            cause = "learned"
            break
    if cause == "too slow":
        first, last = (sum(part) for part in (losses[:batches], losses[-batches:]))
        cause = "too slow" if last < _FALLEN * first else "stuck"
    return OverfitTrial(rate, tuple(losses), tuple(accuracies), cause)
