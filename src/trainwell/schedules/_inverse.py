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

    Example:
        >>> from trainwell.schedules import inverse
        >>> schedule = inverse(rate=10.0)
        >>> schedule
        inverse(rate=10.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 0.2857, 0.1667, 0.0909]
    """
    checks.between("rate", rate, 0, float("inf"))
    return lambda progress: 1 / (1 + rate * progress)
