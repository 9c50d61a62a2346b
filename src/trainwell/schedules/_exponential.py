"""Exponential decay from 1.

    f(p) = e^(-rate p)

Use: to fall fast at first and slowly later when the best final rate is unknown.
Side effects: much of the run is spent at small rates: with the default, half of it
below 0.08.
Source: definition; in the lectures a = a0 e^(-k t).
"""

import math

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def exponential(*, rate: float = 5.0) -> Schedule:
    """Fall from 1 to e^-rate.

    Args:
        rate: k, per whole run; the default ends at 0.0067.

    Raises:
        ValueError: If `rate` is negative.

    Example:
        >>> from trainwell.schedules import exponential
        >>> schedule = exponential(rate=5.0)
        >>> schedule
        exponential(rate=5.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 0.2865, 0.0821, 0.0067]
    """
    checks.between("rate", rate, 0, float("inf"))
    return lambda progress: math.exp(-rate * progress)
