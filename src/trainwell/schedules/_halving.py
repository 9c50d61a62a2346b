"""Halving: half the rate, again and again, after every so large part of the run.

    f(p) = 2 ^ -floor(p / every)

Use: where nothing is known of the problem, with a rate that is a little too high.
Side effects: after ten halvings nothing moves any more; `every` sets where that is.
Source: the lectures' rule "halve every few epochs"; Krizhevsky et al., "ImageNet
Classification with Deep Convolutional Neural Networks", 2012, section 5, with tenths.
"""

import math

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named

_ROUNDING = 1e-9  # 0.3 / 0.1 is a little less than 3


@named
def halving(every: float = 0.125) -> Schedule:
    """Halve whenever progress reaches a multiple of `every`.

    Args:
        every: Share of the run between two halvings, in (0, 1]; 3 of 24 epochs are
            0.125.

    Raises:
        ValueError: If `every` is not in (0, 1].

    Example:
        >>> from trainwell.schedules import halving
        >>> schedule = halving(every=0.25)
        >>> [schedule(progress) for progress in (0.0, 0.2, 0.25, 0.5, 1.0)]
        [1.0, 1.0, 0.5, 0.25, 0.0625]
    """
    checks.positive("every", every)
    checks.between("every", every, 0, 1)
    return lambda progress: 0.5 ** math.floor(progress / every + _ROUNDING)
