"""Step 3, the end: the rate that the rules propose and that really lowers the loss.

    lowered     the mean of 10 losses in a row below 0.85 times the first loss

Use: after `rate_rules`; of the rates that lower the loss within 100 steps, the one
that lowers it most is chosen.
Side effects: favours what is quick at first.
Source: Karpathy, CS231n notes, "Babysitting the learning process", 2016,
https://cs231n.github.io/neural-networks-3/
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from trainwell.core import checks
from trainwell.tuning._rate_range import RateRange
from trainwell.tuning._rate_rules import rate_rules
from trainwell.tuning._trainee import Begin

_WINDOW = 10
_LOWERED = 0.85
_NEAR = 1.25  # factor below which two rates count as the same


@dataclass(frozen=True)
class RateTrial:
    """A rate that was tried.

    Attributes:
        rules: Who proposed it.
        rate: The rate.
        first: Loss at the start.
        last: Lowest mean of ten losses; infinite if the loss was not finite.
        steps: Steps until the loss was lowered, or all of them.
        passed: Whether it was lowered.
    """

    rules: tuple[str, ...]
    rate: float
    first: float
    last: float
    steps: int
    passed: bool


@dataclass(frozen=True)
class ChosenRate:
    """What was found.

    Attributes:
        test: The range test.
        rules: The rate that each rule proposes.
        trials: Of these rates and of the recipe's own.
        rate: The chosen one; the recipe's own if none lowers the loss.
    """

    test: RateRange
    rules: Mapping[str, float]
    trials: tuple[RateTrial, ...]
    rate: float

    @property
    def passed(self) -> bool:
        """Whether the chosen rate lowers the loss."""
        return any(t.passed and t.rate == self.rate for t in self.trials)


def lowers_loss(
    begin: Begin, rate: float, steps: int = 100, rules: tuple[str, ...] = ()
) -> RateTrial:
    """Train at a rate until the loss is lowered, or for all steps.

    Args:
        begin: Returns an untrained network.
        rate: The rate.
        steps: The most.
        rules: Who proposed it.
    """
    checks.positive("steps - 9", steps - _WINDOW + 1)
    trainee, losses, lowest = begin(), [], math.inf
    for i in range(steps):
        losses.append(trainee.step(rate))
        if not math.isfinite(losses[-1]):
            return RateTrial(rules, rate, losses[0], math.inf, i + 1, False)
        if len(losses) >= _WINDOW:
            lowest = min(lowest, float(np.mean(losses[-_WINDOW:])))
        if lowest < _LOWERED * losses[0]:
            return RateTrial(rules, rate, losses[0], lowest, i + 1, True)
    return RateTrial(rules, rate, losses[0], lowest, steps, False)


def choose_rate(
    begin: Begin,
    test: RateRange,
    own: float,
    steps: int = 100,
    more: Callable[[], bool] = lambda: True,
) -> ChosenRate:
    """Try what the rules propose, and the recipe's own rate; choose the quickest.

    Args:
        begin: Returns an untrained network.
        test: A range test of it.
        own: The recipe's own rate, chosen where it is as quick as another.
        steps: The most, per rate.
        more: Whether there is time to try another rate.
    """
    rules = rate_rules(test)
    trials: list[RateTrial] = []
    for rate, names in _groups({"recipe": own, **rules}):
        if not trials or more():
            trials.append(lowers_loss(begin, rate, steps, names))
    good = [t for t in trials if t.passed]
    best = min(good, key=lambda t: (t.steps, abs(math.log(t.rate / own))), default=None)
    return ChosenRate(test, rules, tuple(trials), best.rate if best else own)


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
