"""Reduce on plateau: a smaller rate when validation has stopped improving.

    f(v_1 ... v_n) = factor^k

where k counts how often more than `patience` values in a row were no more than
`min_delta` above the best before them; after each reduction the count starts again.

Use: when no length of the run is given and validation is cheap; cosine over a known
length is usually better. Higher values are better: give accuracy, or the loss negated.
Side effects: validation decides the rate, so its score is a little too good; a noisy
one reduces too early.
Source: as torch's `ReduceLROnPlateau` with mode "max" and an absolute threshold, but a
pure function of the history, so a resume needs nothing else.
"""

import math
from collections.abc import Sequence

from trainwell.core import checks


def reduce_on_plateau(
    values: Sequence[float],
    *,
    factor: float = 0.1,
    patience: int = 5,
    min_delta: float = 0.0,
) -> float:
    """Return the factor on the rate after these validation values.

    Args:
        values: One per evaluation so far, the oldest first; higher is better, and NaN
            is never an improvement.
        factor: Factor on the learning rate at each plateau, in (0, 1].
        patience: Evaluations without improvement before a reduction.
        min_delta: What counts as improvement must be more than this.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.schedules import reduce_on_plateau
        >>> reduce_on_plateau([0.7, 0.8, 0.8, 0.8], factor=0.1, patience=1)
        0.1
    """
    checks.positive("factor", factor)
    checks.between("factor", factor, 0, 1)
    checks.between("patience", patience, 0, math.inf)
    checks.between("min_delta", min_delta, 0, math.inf)
    best, waited, reductions = -math.inf, 0, 0
    for value in values:
        if value > best + min_delta:
            best, waited = value, 0
        else:
            waited += 1
        if waited > patience:
            waited, reductions = 0, reductions + 1
    return factor**reductions
