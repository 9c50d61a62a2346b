"""Step 2: a few batches can be learned by heart.

Augmentation, decay, noise and smoothed labels are off, so nothing but a fault stands
between the network and 100 %.

Use: before any search; what cannot learn 5 batches will not learn the rest.
Side effects: says nothing about images that were not seen.
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
    """Training on the few batches at one rate.

    Attributes:
        rate: The learning rate.
        losses: One per update.
        accuracies: One after every pass over the batches.
        cause: `learned`, `not finite`, `stuck` or `too slow`.
    """

    rate: float
    losses: tuple[float, ...]
    accuracies: tuple[float, ...]
    cause: str


@dataclass(frozen=True)
class Overfit:
    """What was found.

    Attributes:
        attempts: At one rate after the other, until one succeeded.
    """

    attempts: tuple[OverfitTrial, ...]

    @property
    def last(self) -> OverfitTrial:
        """The successful attempt, or the one that got furthest."""
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
    """Train on the same few batches until every image is right.

    Args:
        make_trainer: Returns an untrained network that trains on these batches
            in turn.
        rates: To try, in this order.
        batches: How many there are.
        passes: Over the batches, at most, per rate.

    Raises:
        ValueError: If there is no rate, no batch or no pass.
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
