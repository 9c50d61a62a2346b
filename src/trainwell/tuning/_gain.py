"""Whether one recipe beats another by more than the seeds do: Welch's test.

    t = (mean_a - mean_b) / sqrt(s_a^2 / n_a + s_b^2 / n_b)

Use: on repeats with seeds that took no part in choosing the recipes.
Side effects: a few repeats detect large gains only; "not shown" is not "not there".
Source: Welch, "The generalization of Student's problem when several different
population variances are involved", 1947, https://doi.org/10.2307/2332510
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_LEVEL = 0.05


@dataclass(frozen=True)
class Gain:
    """How much better the first is.

    Attributes:
        mean: Difference of the means.
        error: Its standard error.
        needed: What it must exceed.
        chance: Probability of as large a gain where there is none.
        beyond_noise: Whether it does.
    """

    mean: float
    error: float
    needed: float
    chance: float
    beyond_noise: bool


def measure_gain(
    scores: Sequence[float], base: Sequence[float], comparisons: int = 1
) -> Gain:
    """Compare repeats of a recipe with repeats of another, one-sided, at 5 %.

    Args:
        scores: Of the first, 2 or more.
        base: Of the second, 2 or more.
        comparisons: How many are made with the same base, which divide the 5 %.

    Raises:
        ValueError: If there are fewer than two of either.
    """
    from scipy.stats import t as student

    if min(len(scores), len(base)) < 2:
        raise ValueError(
            "`scores` and `base` must have 2 or more each, got "
            f"{len(scores)} and {len(base)}."
        )
    parts = [float(np.var(x, ddof=1)) / len(x) for x in (scores, base)]
    mean, error = float(np.mean(scores) - np.mean(base)), math.sqrt(sum(parts))
    if error == 0:
        return Gain(mean, 0.0, 0.0, 0.0 if mean > 0 else 1.0, mean > 0)
    below = [p**2 / (len(x) - 1) for p, x in zip(parts, (scores, base), strict=True)]
    degrees = sum(parts) ** 2 / sum(below)
    chance = min(1.0, comparisons * float(student.sf(mean / error, degrees)))
    needed = error * float(student.isf(_LEVEL / comparisons, degrees))
    return Gain(mean, error, needed, chance, chance < _LEVEL)
