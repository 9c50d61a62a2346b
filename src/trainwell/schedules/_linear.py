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
    """
    checks.between("final", final, 0, 1)
    return lambda progress: (1 - progress) + final * progress
