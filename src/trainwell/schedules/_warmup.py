"""Warm-up: ramp up before another schedule.

    f(p) = g(0) (start + (1 - start) p / share)   for p < share
    f(p) = g((p - share) / (1 - share))           for p >= share
    f(i) = g (i + 1) / (steps + 1)                for step i < steps, by `warmup_factor`

The first step is not at 0, where nothing would be learned of its batch.

Use: with high rates, large batches, fresh normalisation or attention; a share of
0.05 to 0.1, or about 5000 steps. In a recipe, `schedule.warmup` below 1 is a share, and
1 or more are steps.
Side effects: none in the long run; the first steps teach little.
Source: Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2,
https://arxiv.org/abs/1706.02677
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def warmup(schedule: Schedule, share: float, *, start: float = 0.01) -> Schedule:
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
        [0.01, 0.505, 1.0, 0.5, 0.0]
    """
    if not 0 <= share < 1:
        raise ValueError(f"`share` must be in [0, 1), got {share!r}.")
    checks.between("start", start, 0, 1)

    def warmed(progress: float) -> float:
        if progress < share:
            return schedule(0.0) * (start + (1 - start) * progress / share)
        return schedule((progress - share) / (1 - share))

    return warmed


def warmup_factor(step: int, steps: int) -> float:
    """Return what a step's rate is multiplied by: 1 from step `steps` on.

    Args:
        step: Counted from 0.
        steps: Length of the ramp.

    Raises:
        ValueError: If a number is negative.

    Example:
        >>> from trainwell.schedules import warmup_factor
        >>> [warmup_factor(step, 3) for step in range(5)]
        [0.25, 0.5, 0.75, 1.0, 1.0]
    """
    checks.between("step", step, 0, float("inf"))
    checks.between("steps", steps, 0, float("inf"))
    return min((step + 1) / (steps + 1), 1.0)
