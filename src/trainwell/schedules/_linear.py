"""Linear decay from 1.

    f(p) = 1 - (1 - final) p

Use: for short budgets, where it is often as good as cosine; Muon's recipe uses it.
Side effects: as cosine: a run that is cut short ends at a high rate.
Source: definition.
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def linear(final: float = 0.0) -> Schedule:
    """Fall from 1 to `final` along a straight line.

    Args:
        final: Where the factor ends, in [0, 1].

    Raises:
        ValueError: If `final` is not in [0, 1].

    Example:
        >>> from trainwell.schedules import linear
        >>> schedule = linear()
        >>> schedule
        linear(final=0.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 0.75, 0.5, 0.0]
    """
    checks.between("final", final, 0, 1)
    return lambda progress: (1 - progress) + final * progress
