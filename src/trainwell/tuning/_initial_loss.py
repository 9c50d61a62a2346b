"""Step 1: the loss before training is that of a network that knows nothing.

    loss = log K          without weight decay, for cross-entropy over K classes
    loss with decay      is above it, by the decay / 2 times the squared weights

Use: before anything else; it takes one batch.
Side effects: none. A start that is sure of itself is not always fatal, but costs the
first steps.
Source: Karpathy, CS231n notes, "Neural Networks Part 3", sanity checks, 2016,
https://cs231n.github.io/neural-networks-3/
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from trainwell.core import checks

_TOLERANCE = 0.25  # of log K, to either side
_TWICE = 2.0  # times log K: beyond it the start is bad, not only sure of itself


@dataclass(frozen=True)
class InitialLoss:
    """What was found.

    Attributes:
        loss: Without weight decay.
        with_decay: With it.
        expected: log K; None for a loss that has no such value.
        cause: `fine`, `sure of itself` (above log K, below twice that), `not finite`,
            `too high`, `too low` or `decay does nothing`.
    """

    loss: float
    with_decay: float
    expected: float | None
    cause: str

    @property
    def passed(self) -> bool:
        """Whether training may begin."""
        return self.cause in ("fine", "sure of itself")


def check_initial_loss(
    measure: Callable[[bool], float], num_classes: int, *, known: bool = True
) -> InitialLoss:
    """Measure the loss with decay off and on, and compare it with log K.

    Args:
        measure: From whether decay counts to the loss of an untrained network.
        num_classes: K.
        known: Whether log K is what the loss should be: for cross-entropy.
    """
    checks.positive("num_classes", num_classes - 1)
    loss, decayed = measure(False), measure(True)
    expected = math.log(num_classes) if known else None
    return InitialLoss(loss, decayed, expected, _cause(loss, decayed, expected))


def _cause(loss: float, decayed: float, expected: float | None) -> str:
    if not (math.isfinite(loss) and math.isfinite(decayed)):
        return "not finite"
    if expected is not None and loss > _TWICE * expected:
        return "too high"
    if expected is not None and loss < (1 - _TOLERANCE) * expected:
        return "too low"
    if decayed <= loss:
        return "decay does nothing"
    sure = expected is not None and loss > (1 + _TOLERANCE) * expected
    return "sure of itself" if sure else "fine"
