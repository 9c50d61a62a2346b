"""Step 2: overfit a few batches.

Augmentation, weight decay, dropout and label smoothing are off, so that only a fault
can keep the network from perfection.

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
        qualities: Quality after every pass over the batches, such as the accuracy; at
            most 1, which is perfect.
        cause: `learned`, `not finite`, `stuck` or `too slow`.

    Example:
        >>> OverfitTrial(0.1, (2.3, 0.1), (0.5, 1.0), "learned").cause
        'learned'
    """

    rate: float
    losses: tuple[float, ...]
    qualities: tuple[float, ...]
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
        """The successful trial, or the one with the highest quality."""
        return max(
            self.attempts, key=lambda a: (a.cause == "learned", max(a.qualities))
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
    enough: float = 1.0,
) -> Overfit:
    """Train on the same few batches until every prediction is correct.

    Args:
        make_trainer: Function that returns an untrained network, which trains on these
            batches in turn.
        rates: Learning rates to try, in this order.
        batches: Number of batches.
        passes: Largest number of passes over the batches per rate.
        enough: Quality that counts as learned.

    Raises:
        ValueError: If there is no rate, no batch or no pass.

    Example:
        >>> class Bowl:  # x^2 / 2 from x = 1
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def quality(self):
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
        attempts.append(_attempt(make_trainer, rate, batches, passes, enough))
        if attempts[-1].cause == "learned":
            break
    return Overfit(tuple(attempts))


def _attempt(
    make_trainer: TrainerFactory,
    rate: float,
    batches: int,
    passes: int,
    enough: float,
) -> OverfitTrial:
    trainer, losses, qualities = make_trainer(), [], []
    cause = "too slow"
    for _ in range(passes):
        losses += [trainer.step(rate) for _ in range(batches)]
        qualities.append(trainer.quality())
        if not all(math.isfinite(x) for x in losses[-batches:]):
            cause = "not finite"
            break
        if qualities[-1] >= enough:
            cause = "learned"
            break
    if cause == "too slow":
        first, last = (sum(part) for part in (losses[:batches], losses[-batches:]))
        cause = "too slow" if last < _FALLEN * first else "stuck"
    return OverfitTrial(rate, tuple(losses), tuple(qualities), cause)
