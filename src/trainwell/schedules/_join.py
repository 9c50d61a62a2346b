"""Schedules one after another.

    f(p) = g_i((p - b_i) / (b_{i+1} - b_i))   for b_i <= p < b_{i+1},  b_0 = 0, b_n = 1

Use: to build any course of the rate from pieces; for a plain ramp there is `warmup`.
Side effects: none; the pieces need not meet.
Source: as `join_schedules` of optax, with progress instead of steps.
"""

from bisect import bisect
from collections.abc import Sequence

from trainwell.schedules._types import Schedule, named


@named
def join(schedules: Sequence[Schedule], boundaries: Sequence[float]) -> Schedule:
    """Run each schedule from its start to its end in its part of the progress.

    Args:
        schedules: At least one; each sees its own progress from 0 to 1.
        boundaries: Where one hands over to the next, one fewer than schedules.

    Raises:
        ValueError: If the boundaries do not ascend within (0, 1), or their number is
            wrong.

    Example:
        >>> from trainwell.schedules import constant, join, linear
        >>> schedule = join([constant(), linear()], boundaries=[0.5])
        >>> [schedule(progress) for progress in (0.0, 0.5, 0.75, 1.0)]
        [1.0, 1.0, 0.5, 0.0]
    """
    schedules, bounds = tuple(schedules), (0.0, *boundaries, 1.0)
    if len(bounds) != len(schedules) + 1:
        raise ValueError(
            f"`boundaries` must be one fewer than the {len(schedules)} schedules, got "
            f"{len(bounds) - 2}."
        )
    if list(bounds) != sorted(set(bounds)):
        raise ValueError(f"`boundaries` must ascend within (0, 1), got {bounds[1:-1]}.")

    def joined(progress: float) -> float:
        i = min(bisect(bounds, progress), len(schedules)) - 1
        return schedules[i]((progress - bounds[i]) / (bounds[i + 1] - bounds[i]))

    return joined
