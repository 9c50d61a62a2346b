"""One cycle: up along half a cosine, then down along another.

    f(p) = from `start` to 1      for p < peak, along (1 - cos(pi p / peak)) / 2
    f(p) = from 1 to `final`      from there on, in the same way

Use: with SGD for short runs at a rate found by a range test; `triangle` is the same
with straight lines.
Side effects: the peak may be several times the best constant rate, so less weight decay
is needed; a run that is cut short ends at a high rate.
Source: Smith & Topin, "Super-Convergence", 2017, https://arxiv.org/abs/1708.07120; with
cosines as in fastai and torch's `OneCycleLR`, but momentum stays as it is. The peak is
at step `peak` x steps; torch's lies one step before, at `pct_start` x steps - 1, and
its end is 4e-6 of the peak (`div_factor` 25 x `final_div_factor` 1e4), ours 1e-4.
"""

import math

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def one_cycle(
    *, peak: float = 0.3, start: float = 0.04, final: float = 1e-4
) -> Schedule:
    """Rise from `start` to 1 at progress `peak`, then fall to `final` at 1.

    Args:
        peak: Progress at which the factor is 1.
        start: Factor at the start.
        final: Factor at the end.

    Raises:
        ValueError: If an argument is not in [0, 1].

    Example:
        >>> from trainwell.schedules import one_cycle
        >>> schedule = one_cycle(peak=0.5)
        >>> schedule
        one_cycle(peak=0.5, start=0.04, final=0.0001)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [0.04, 0.52, 1.0, 0.0001]
    """
    checks.between("peak", peak, 0, 1)
    checks.between("start", start, 0, 1)
    checks.between("final", final, 0, 1)

    def schedule(progress: float) -> float:
        if progress < peak or peak == 1:
            return _eased(start, 1.0, progress / peak)
        return _eased(1.0, final, (progress - peak) / (1 - peak))

    return schedule


def _eased(first: float, last: float, share: float) -> float:
    """Go from first to last along half a cosine."""
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2
