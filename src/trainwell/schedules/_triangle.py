"""Triangle: up along a straight line, then down along another.

    f(p) = start + (1 - start) p / peak              for p < peak
    f(p) = 1 - (1 - final) (p - peak) / (1 - peak)   for p >= peak

Use: with SGD for very short runs; `one_cycle` is the same with cosines.
Side effects: as cosine; a rise at the start makes a higher peak possible.
Source: Smith & Topin, "Super-Convergence", 2017, https://arxiv.org/abs/1708.07120;
the defaults are those of Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU",
2024, listing 4, https://arxiv.org/abs/2404.00498, except that we end at 0, not 0.07.
"""

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def triangle(peak: float = 0.23, *, start: float = 0.2, final: float = 0.0) -> Schedule:
    """Rise from `start` to 1 at progress `peak`, then fall to `final` at 1.

    Args:
        peak: Progress at which the factor is 1.
        start: Factor at the start.
        final: Factor at the end.

    Raises:
        ValueError: If an argument is not in [0, 1].

    Example:
        >>> from trainwell.schedules import triangle
        >>> schedule = triangle(peak=0.5)
        >>> schedule
        triangle(peak=0.5, start=0.2, final=0.0)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [0.2, 0.6, 1.0, 0.0]
    """
    checks.between("peak", peak, 0, 1)
    checks.between("start", start, 0, 1)
    checks.between("final", final, 0, 1)

    def schedule(progress: float) -> float:
        if progress < peak or peak == 1:
            return start + (1 - start) * progress / peak
        return final + (1 - final) * (1 - progress) / (1 - peak)

    return schedule
