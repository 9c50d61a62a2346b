"""Inverse square root: fall as one over the root of the time.

    f(p) = sqrt(start / max(p, start))

So it is 1 until progress `start`, and never above: one over the root alone would be
infinite at 0.

Use: with attention, after a warm-up; where the length of the run is open, since the
shape does not depend on where it ends.
Side effects: ends at sqrt(start), 0.1 by default, so the last gains of a small rate are
missing.
Source: Vaswani et al., "Attention is All You Need", 2017, eq. 3,
https://arxiv.org/abs/1706.03762, which rises during `start`: put `warmup` in front.
"""

import math

from trainwell.schedules._types import Schedule, named


@named
def inverse_sqrt(*, start: float = 0.01) -> Schedule:
    """Stay at 1 until progress `start`, then fall to sqrt(start).

    Args:
        start: Progress from which it falls, in (0, 1].

    Raises:
        ValueError: If `start` is not in (0, 1].

    Example:
        >>> from trainwell.schedules import inverse_sqrt
        >>> schedule = inverse_sqrt(start=0.25)
        >>> schedule
        inverse_sqrt(start=0.25)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 1.0, 0.7071, 0.5]
    """
    if not 0 < start <= 1:
        raise ValueError(f"`start` must be in (0, 1], got {start!r}.")
    return lambda progress: math.sqrt(start / max(progress, start))
