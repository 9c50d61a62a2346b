"""Step 1: the loss before training is that of an undecided network.

    loss = log K          without weight decay, for cross-entropy over K classes
    loss with decay       is above it, by the decay / 2 times the squared weights

Use: before anything else; it takes one batch.
Side effects: none. An overconfident start is not always fatal, but costs the first
steps.
Source: Karpathy, CS231n notes, "Neural Networks Part 3", sanity checks, 2016,
https://cs231n.github.io/neural-networks-3/
"""

import math
from collections.abc import Callable

from trainwell.core import checks
from trainwell.diagnose import InitialLoss


def check_initial_loss(
    measure: Callable[[bool], float], num_classes: int | None, *, known: bool = True
) -> InitialLoss:
    """Measure the loss with decay off and on, and compare it with log K.

    Args:
        measure: Function from whether weight decay counts to the loss of an untrained
            network.
        num_classes: Number of classes K, 2 or more; None where none are predicted.
        known: Whether the loss should be log K, as cross-entropy should.

    Example:
        >>> found = check_initial_loss(lambda decay: 2.4 + 0.1 * decay, 10)
        >>> found.cause, found.with_decay
        ('fine', 2.5)
        >>> check_initial_loss(lambda decay: 9.0 + 0.1 * decay, 10).cause
        'too high'
    """
    expected = None
    if num_classes is not None:
        checks.positive("num_classes", num_classes - 1)
        expected = math.log(num_classes) if known else None
    return InitialLoss.compare(measure(False), measure(True), expected)
