"""Step decay: multiply by a factor at each boundary.

    f(p) = factor ^ |{b : p >= b}|

Use: to repeat published results (ResNet), and to see what a lower rate brings.
Side effects: the loss drops at each boundary, which must suit the length of the run.
Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural
Networks", 2012, section 5; fixed boundaries as in He et al., "Deep Residual Learning
for Image Recognition", 2016, section 4.2, https://arxiv.org/abs/1512.03385
"""

from collections.abc import Sequence

from trainwell.core import checks
from trainwell.schedules._types import Schedule, named


@named
def step(boundaries: Sequence[float] = (1 / 3, 2 / 3), factor: float = 0.1) -> Schedule:
    """Multiply by `factor` when progress reaches each of the `boundaries`.

    Args:
        boundaries: Shares of the run, ascending, in [0, 1].
        factor: What each boundary multiplies by.

    Raises:
        ValueError: If a boundary is not in [0, 1], they do not ascend, or `factor`
            is not positive.

    Example:
        >>> from trainwell.schedules import step
        >>> schedule = step([0.5, 0.9], factor=0.1)
        >>> schedule
        step(boundaries=[0.5, 0.9], factor=0.1)
        >>> [round(schedule(progress), 4) for progress in (0.0, 0.25, 0.5, 1.0)]
        [1.0, 1.0, 0.1, 0.01]
    """
    boundaries = tuple(boundaries)
    for boundary in boundaries:
        checks.between("boundaries", boundary, 0, 1)
    if list(boundaries) != sorted(set(boundaries)):
        raise ValueError(f"`boundaries` must ascend, got {boundaries}.")
    checks.positive("factor", factor)
    return lambda progress: factor ** sum(progress >= b for b in boundaries)
