"""Cosine decay from 1.

    f(p) = final + (1 - final) (1 + cos(pi p)) / 2

Use: by default, under a rate that is high but stable.
Side effects: the result is only good at the end: a run that is cut short ends at a high
rate.
Source: Loshchilov & Hutter, "SGDR", 2016, eq. 5 (one period),
https://arxiv.org/abs/1608.03983
"""

import math

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def cosine(final: float = 0.0) -> Schedule:
    """Fall from 1 to `final` along half a cosine.

    Args:
        final: Where the factor ends, in [0, 1].

    Raises:
        ValueError: If `final` is not in [0, 1].

    Example:
        >>> from trainwell.schedules import cosine
        >>> schedule = cosine(final=0.1)
        >>> schedule
        cosine(final=0.1)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 0.8682, 0.55, 0.1]
    """
    checks.between("final", final, 0, 1)
    return lambda progress: final + (1 - final) * (1 + math.cos(math.pi * progress)) / 2
