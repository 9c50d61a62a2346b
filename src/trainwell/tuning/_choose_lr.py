"""Step 3, the end: the rate that the rules propose and that really lowers the loss.

    lowered     the mean of 10 losses in a row below 0.85 times the first loss

Use: after `lr_rules`; of the rates that lower the loss within 100 steps, the one
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
from trainwell.tuning._lr_range_test import LrRangeTest
from trainwell.tuning._lr_rules import lr_rules
from trainwell.tuning._stepwise_trainer import TrainerFactory

_WINDOW = 10
_LOWERED = 0.85
_NEAR = 1.25  # factor below which two rates count as the same


@dataclass(frozen=True)
class LrTrial:
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
class ChosenLr:
    """What was found.

    Attributes:
        test: The range test.
        rules: The rate that each rule proposes.
        trials: Of these rates and of the recipe's own.
        rate: The chosen one; the recipe's own if none lowers the loss.
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
        make_trainer: Returns an untrained network.
        rate: The rate.
        steps: The most.
        rules: Who proposed it.
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
    """Try what the rules propose, and the recipe's own rate; choose the quickest.

    Args:
        make_trainer: Returns an untrained network.
        test: A range test of it.
        own: The recipe's own rate, chosen where it is as quick as another.
        steps: The most, per rate.
        more: Whether there is time to try another rate.
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
