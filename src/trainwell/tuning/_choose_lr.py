"""Step 3, part 2: the learning rate that lowers the loss, of those proposed.

    lowered     the mean of 10 losses in a row below 0.85 times the first loss

Use: after `lr_rules`; of the rates that lower the loss within 100 steps, the fastest
is chosen.
Side effects: favours rates that are fast at first.
Source: Karpathy, CS231n notes, "Babysitting the learning process", 2016,
https://cs231n.github.io/neural-networks-3/
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from trainwell.core import checks
from trainwell.tuning._lr_range_test import LrRangeTest
from trainwell.tuning._lr_rules import lr_rules
from trainwell.tuning._stepwise_trainer import TrainerFactory

_WINDOW = 10
_LOWERED = 0.85
_NEAR = 1.25  # factor below which two rates count as the same


@dataclass(frozen=True)
class LrTrial:
    """A short training at one learning rate.

    Attributes:
        rules: Names of the rules that proposed the rate.
        rate: Learning rate.
        first: Loss at the start.
        last: Lowest mean of ten losses; infinite if the loss was not finite.
        steps: Number of steps until the loss was lowered, or all of them.
        passed: Whether the loss was lowered.

    Example:
        >>> LrTrial(("valley",), 0.1, first=2.3, last=1.1, steps=40, passed=True).rate
        0.1
    """

    rules: tuple[str, ...]
    rate: float
    first: float
    last: float
    steps: int
    passed: bool


@dataclass(frozen=True)
class ChosenLr:
    """The result of step 3.

    Attributes:
        test: Learning-rate range test.
        rules: Learning rate that each rule proposes.
        trials: Trials of these rates and of the recipe's own.
        rate: Chosen rate; the recipe's own if none lowers the loss.

    Example:
        >>> ChosenLr(LrRangeTest((), (), False), {}, (), 0.1).passed
        False
    """

    test: LrRangeTest
    rules: Mapping[str, float]
    trials: tuple[LrTrial, ...]
    rate: float

    @property
    def passed(self) -> bool:
        """Whether the chosen rate lowers the loss."""
        return any(t.passed and t.rate == self.rate for t in self.trials)


def lowers_loss(
    make_trainer: TrainerFactory,
    rate: float,
    steps: int = 100,
    rules: tuple[str, ...] = (),
) -> LrTrial:
    """Train at a rate until the loss is lowered, or for all steps.

    Args:
        make_trainer: Function that returns an untrained network.
        rate: Learning rate.
        steps: Largest number of steps, 10 or more.
        rules: Names of the rules that proposed the rate.

    Example:
        >>> class Bowl:  # x^2 / 2 from x = 1
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def quality(self):
        ...         return float(abs(self.x) < 0.01)
        >>> lowers_loss(Bowl, 0.5).passed, lowers_loss(Bowl, 1e-6).passed
        (True, False)
    """
    checks.positive("steps - 9", steps - _WINDOW + 1)
    trainer, losses, lowest = make_trainer(), [], math.inf
    for i in range(steps):
        losses.append(trainer.step(rate))
        if not math.isfinite(losses[-1]):
            return LrTrial(rules, rate, losses[0], math.inf, i + 1, False)
        if len(losses) >= _WINDOW:
            lowest = min(lowest, float(np.mean(losses[-_WINDOW:])))
        if lowest < _LOWERED * losses[0]:
            return LrTrial(rules, rate, losses[0], lowest, i + 1, True)
    return LrTrial(rules, rate, losses[0], lowest, steps, False)


def choose_lr(
    make_trainer: TrainerFactory,
    test: LrRangeTest,
    own: float,
    steps: int = 100,
    more: Callable[[], bool] = lambda: True,
) -> ChosenLr:
    """Try the rates of the rules and the recipe's own; choose the fastest.

    Args:
        make_trainer: Function that returns an untrained network.
        test: Learning-rate range test of the network.
        own: The recipe's own rate, preferred where it is as fast as another.
        steps: Largest number of steps per rate.
        more: Function that returns whether there is time for another rate.

    Example:
        >>> class Bowl:  # x^2 / 2 from x = 1
        ...     x = 1.0
        ...     def step(self, rate):
        ...         loss, self.x = self.x**2 / 2, self.x - rate * self.x
        ...         return loss
        ...     def quality(self):
        ...         return float(abs(self.x) < 0.01)
        >>> test = lr_range_test(Bowl(), low=1e-4, high=10.0)
        >>> choose_lr(Bowl, test, own=1e-5).passed
        True
    """
    rules = lr_rules(test)
    trials: list[LrTrial] = []
    for rate, names in _groups({"recipe": own, **rules}):
        if not trials or more():
            trials.append(lowers_loss(make_trainer, rate, steps, names))
    good = [t for t in trials if t.passed]
    best = min(good, key=lambda t: (t.steps, abs(math.log(t.rate / own))), default=None)
    return ChosenLr(test, rules, tuple(trials), best.rate if best else own)


def _groups(proposed: Mapping[str, float]) -> list[tuple[float, tuple[str, ...]]]:
    """Join rules that propose nearly the same; the recipe's own rate comes first."""
    found: list[tuple[float, tuple[str, ...]]] = []
    for name, rate in proposed.items():
        for i, (other, names) in enumerate(found):
            if abs(math.log(rate / other)) < math.log(_NEAR):
                found[i] = (other, (*names, name))
                break
        else:
            found.append((rate, (name,)))
    return found
