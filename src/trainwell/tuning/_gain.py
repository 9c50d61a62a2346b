"""The gain of one recipe over another beyond seed noise: Welch's test.

    t = (mean_a - mean_b) / sqrt(s_a^2 / n_a + s_b^2 / n_b)

Use: on repeats with seeds that were not used to choose the recipes.
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
    """Gain of a recipe over another.

    Attributes:
        mean: Difference of the mean scores.
        error: Standard error of the difference.
        needed: Smallest difference that counts as a gain.
        chance: Probability of such a difference where there is no gain (p-value).
        beyond_noise: Whether the p-value is below 5 %.

    Example:
        >>> Gain(0.02, 0.005, 0.01, 0.003, True).beyond_noise
        True
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
        scores: Scores of the first recipe, 2 or more.
        base: Scores of the second recipe, 2 or more.
        comparisons: Number of comparisons with the same base, which share the 5 %.

    Raises:
        ValueError: If there are fewer than two of either.

    Example:
        >>> measure_gain([0.91, 0.92, 0.93], [0.81, 0.82, 0.83]).beyond_noise
        True
        >>> measure_gain([0.81, 0.92, 0.73], [0.81, 0.82, 0.83]).beyond_noise
        False
    """
    from scipy.stats import t as student
    from scipy.stats import ttest_ind_from_stats

    if min(len(scores), len(base)) < 2:
        raise ValueError(
            "`scores` and `base` must have 2 or more each, got "
            f"{len(scores)} and {len(base)}."
        )
    parts = [float(np.var(x, ddof=1)) / len(x) for x in (scores, base)]
    mean, error = float(np.mean(scores) - np.mean(base)), math.sqrt(sum(parts))
    if error == 0:
        return Gain(mean, 0.0, 0.0, 0.0 if mean > 0 else 1.0, mean > 0)
    stats = [(np.mean(x), np.std(x, ddof=1), len(x)) for x in (scores, base)]
    welch = ttest_ind_from_stats(
        *stats[0], *stats[1], equal_var=False, alternative="greater"
    )
    below = [p**2 / (len(x) - 1) for p, x in zip(parts, (scores, base), strict=True)]
    degrees = sum(parts) ** 2 / sum(below)
    chance = min(1.0, comparisons * float(welch.pvalue))
    needed = error * float(student.isf(_LEVEL / comparisons, degrees))
    return Gain(mean, error, needed, chance, chance < _LEVEL)
