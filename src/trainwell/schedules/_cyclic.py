"""Cyclic triangles: up and down along straight lines, several times.

    f(p) = low + (1 - low) (1 - |2 x - 1|),   x = cycles p - floor(cycles p)

Use: to explore rates, and for snapshots at the low points.
Side effects: the loss goes up and down with the rate; compare checkpoints at the low
points only.
Source: Smith, "Cyclical Learning Rates for Training Neural Networks", 2017, section
3.1, https://arxiv.org/abs/1506.01186, where the step size is half of a cycle.
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def cyclic(*, cycles: int = 4, low: float = 0.1) -> Schedule:
    """Rise from `low` to 1 and fall back, `cycles` times.

    Args:
        cycles: How many times up and down.
        low: Lowest factor, in [0, 1].

    Raises:
        ValueError: If `cycles` is not positive or `low` is not in [0, 1].

    Example:
        >>> from trainwell.schedules import cyclic
        >>> schedule = cyclic(cycles=2, low=0.0)
        >>> schedule
        cyclic(cycles=2, low=0.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [0.0, 1.0, 0.0, 0.0]
    """
    checks.positive("cycles", cycles)
    checks.between("low", low, 0, 1)
    return lambda progress: low + (1 - low) * (1 - abs(2 * (cycles * progress % 1) - 1))
