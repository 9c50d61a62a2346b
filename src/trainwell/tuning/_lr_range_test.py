"""Step 3: raise the rate from step to step and watch the loss.

    rate_i = low (high / low)^(i / (n - 1))
    mean_i = beta mean_(i-1) + (1 - beta) loss_i,    shown as mean_i / (1 - beta^(i+1))

The rates worth having lie where the loss falls; where it leaps up, they are too high.

Use: for a first rate on new data or a new network; 50 to 100 steps are enough.
Side effects: a rate that is good for 100 steps is not always the best for a run, so
rules differ: see `lr_rules`, and let `lowers_loss` try what they say.
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
    """What was found.

    Attributes:
        rates: Rising.
        losses: Smoothed; the same length, which is shorter where the loss burst.
        burst: Whether it did.
    """

    rates: tuple[float, ...]
    losses: tuple[float, ...]
    burst: bool


def lr_range_test(
    trainer: StepwiseTrainer, *, low: float, high: float, steps: int = 100
) -> LrRangeTest:
    """Train while the rate rises from `low` to `high`, until the loss bursts.

    Args:
        trainer: An untrained network.
        low: First rate.
        high: Last rate.
        steps: Updates, at least 10.

    Raises:
        ValueError: If `low` is not positive and below `high`, or steps are too few.
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
