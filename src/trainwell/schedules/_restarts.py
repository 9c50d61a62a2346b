"""Warm restarts: run a schedule again and again, each time longer.

    f(p) = g((p - b_i) / (b_{i+1} - b_i))   for b_i <= p < b_{i+1}
    b_i = (growth^i - 1) / (growth^cycles - 1)

so each cycle is `growth` times as long as the one before, and the last ends at 1.

Use: for snapshots of one run at the end of each cycle, and for runs that may be stopped
at the end of any.
Side effects: at each restart the loss jumps up; compare checkpoints at the ends of
cycles only.
Source: Loshchilov & Hutter, "SGDR", 2016, section 3, https://arxiv.org/abs/1608.03983,
where growth is T_mult and the first cycle T_0.
"""

from bisect import bisect

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def restarts(schedule: Schedule, *, cycles: int = 3, growth: float = 2.0) -> Schedule:
    """Run `schedule` from its start in each of several cycles.

    Args:
        schedule: Sees its own progress from 0 to 1 in every cycle.
        cycles: How many there are.
        growth: Length of a cycle over that of the one before.

    Raises:
        ValueError: If `cycles` or `growth` is not positive.

    Example:
        >>> from trainwell.schedules import linear, restarts
        >>> schedule = restarts(linear(), cycles=2, growth=1.0)
        >>> [schedule(progress) for progress in (0.0, 0.25, 0.5, 0.75, 1.0)]
        [1.0, 0.5, 1.0, 0.5, 0.0]
    """
    checks.positive("cycles", cycles)
    checks.positive("growth", growth)
    lengths = [growth**i for i in range(cycles)]
    bounds = [sum(lengths[:i]) / sum(lengths) for i in range(cycles)] + [1.0]

    def restarted(progress: float) -> float:
        i = min(bisect(bounds, progress), cycles) - 1
        return schedule((progress - bounds[i]) / (bounds[i + 1] - bounds[i]))

    return restarted
