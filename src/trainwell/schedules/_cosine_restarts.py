"""Cosine decay with warm restarts (SGDR).

    f(p) = cosine of the progress within the present cycle

Cycles lengthen by `growth`, as `restarts` says.

Use: for snapshot ensembles, and when the length of the run is open.
Side effects: at each restart the loss jumps up; one cosine over the whole run usually
ends a little better.
Source: Loshchilov & Hutter, "SGDR", 2016, eq. 5, https://arxiv.org/abs/1608.03983
"""

from trainwell.schedules._cosine import cosine
from trainwell.schedules._restarts import restarts
from trainwell.schedules._types import Schedule, named


@named
def cosine_restarts(
    *, cycles: int = 3, growth: float = 2.0, final: float = 0.0
) -> Schedule:
    """Fall from 1 to `final` along half a cosine in each cycle.

    Args:
        cycles: How many there are.
        growth: Length of a cycle over that of the one before.
        final: Where each cycle ends.

    Raises:
        ValueError: If `cycles` or `growth` is not positive, or `final` not in [0, 1].

    Example:
        >>> from trainwell.schedules import cosine_restarts
        >>> schedule = cosine_restarts(cycles=2, growth=1.0)
        >>> schedule
        cosine_restarts(cycles=2, growth=1.0, final=0.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 0.5, 1.0, 0.0]
    """
    return restarts(cosine(final), cycles=cycles, growth=growth)
