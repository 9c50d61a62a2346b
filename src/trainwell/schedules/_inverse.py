"""Inverse decay from 1.

    f(p) = 1 / (1 + rate p)

Use: for convex problems, where 1/t is the classical choice of stochastic
approximation; for deep networks cosine is better.
Side effects: never gets near 0: with the default it ends at 0.09.
Source: Robbins & Monro, "A Stochastic Approximation Method", 1951; in the lectures
a = a0 / (1 + k t).
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def inverse(*, rate: float = 10.0) -> Schedule:
    """Fall from 1 to 1 / (1 + rate).

    Args:
        rate: k, per whole run.

    Raises:
        ValueError: If `rate` is negative.
    """
    checks.between("rate", rate, 0, float("inf"))
    return lambda progress: 1 / (1 + rate * progress)
