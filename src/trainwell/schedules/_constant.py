"""The same factor throughout.

    f(p) = 1

Use: for short tests, and with adaptive optimizers where the best
result does not matter.
Side effects: the loss levels off at a height set by the noise of the gradient.
Source: definition.
"""

from trainwell.schedules._types import Schedule, named


@named
def constant() -> Schedule:
    """Keep the rate as it is.

    Example:
        >>> from trainwell.schedules import constant
        >>> schedule = constant()
        >>> schedule
        constant()
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 1.0, 1.0, 1.0]
    """
    return lambda progress: 1.0
