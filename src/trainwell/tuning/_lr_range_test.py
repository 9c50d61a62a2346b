"""Step 3, part 1: the learning-rate range test (learning-rate finder).

    rate_i = low (high / low)^(i / (n - 1))
    mean_i = beta mean_(i-1) + (1 - beta) loss_i,    shown as mean_i / (1 - beta^(i+1))

Useful rates lie where the loss falls; where it rises sharply, they are too high.

Use: for a first rate on new data or a new network; 50 to 100 steps are enough.
Side effects: a rate that is good for 100 steps is not always the best for a run, so
rules differ: see `lr_rules`, and test their rates with `lowers_loss`.
Source: Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section
3.3, https://arxiv.org/abs/1506.01186
"""

import math
from dataclasses import dataclass

from trainwell.core import checks
from trainwell.tuning._stepwise_trainer import StepwiseTrainer

_SMOOTHING = 0.8
_BURST = 3.0  # times the lowest loss above zero; beyond it the test ends


@dataclass(frozen=True)
class LrRangeTest:
    """The result of a learning-rate range test.

    Attributes:
        rates: Rising learning rates.
        losses: Smoothed loss at each rate.
        burst: Whether the loss diverged, which ends the test early.

    Example:
        >>> LrRangeTest(rates=(1e-3, 1e-2), losses=(2.3, 2.1), burst=False).burst
        False
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    burst: bool


def lr_range_test(
    trainer: StepwiseTrainer, *, low: float, high: float, steps: int = 100
) -> LrRangeTest:
    """Train while the rate rises from `low` to `high`, until the loss diverges.

    Args:
        trainer: Untrained network.
        low: First learning rate.
        high: Last learning rate.
        steps: Number of updates, at least 10.

    Raises:
        ValueError: If `low` is not positive and below `high`, or `steps` is below 10.

    Example:
        >>> class Bowl:  # x^2 / 2 from x = 1
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def quality(self):
        ...         return float(abs(self.x) < 0.01)
        >>> test = lr_range_test(Bowl(), low=1e-4, high=100.0)
        >>> test.burst, len(test.rates) < 100
        (True, True)
    """
    checks.positive("low", low)
    checks.positive("high - low", high - low)
    checks.positive("steps - 9", steps - 9)
    rates: list[float] = []
    losses: list[float] = []
    mean = 0.0
    for i in range(steps):
        rate = low * (high / low) ** (i / (steps - 1))
        loss = trainer.step(rate)
        mean = _SMOOTHING * mean + (1 - _SMOOTHING) * loss
        shown = mean / (1 - _SMOOTHING ** (i + 1))
        if not math.isfinite(loss) or (losses and shown > _BURST * min(losses)):
            return LrRangeTest(tuple(rates), tuple(losses), True)
        rates.append(rate)
        losses.append(shown)
    return LrRangeTest(tuple(rates), tuple(losses), False)
