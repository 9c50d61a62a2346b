"""Warm-up: ramp up before another schedule.

    f(p) = g(0) (start + (1 - start) p / share)   for p < share
    f(p) = g((p - share) / (1 - share))           for p >= share

Use: with high rates, large batches, fresh normalisation or attention; a share of
0.05 to 0.1, or about 5000 steps.
Side effects: none in the long run; the first steps teach little.
Source: Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2,
https://arxiv.org/abs/1706.02677
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def warmup(schedule: Schedule, share: float, *, start: float = 0.0) -> Schedule:
    """Ramp to the first value of `schedule`, then run all of it in what remains.

    Args:
        schedule: What follows the ramp; sees its own progress from 0 to 1.
        share: Length of the ramp as a fraction of the training, in [0, 1).
        start: Where the ramp begins, as a fraction of the schedule's first value.

    Raises:
        ValueError: If `share` is not in [0, 1) or `start` not in [0, 1].

    Example:
        >>> from trainwell.schedules import linear, warmup
        >>> schedule = warmup(linear(), 0.2)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.1, 0.2, 0.6, 1.0)]
        [0.0, 0.5, 1.0, 0.5, 0.0]
    """
    if not 0 <= share < 1:
        raise ValueError(f"`share` must be in [0, 1), got {share!r}.")
    checks.between("start", start, 0, 1)

    def warmed(progress: float) -> float:
        if progress < share:
            return schedule(0.0) * (start + (1 - start) * progress / share)
        return schedule((progress - share) / (1 - share))

    return warmed
