"""From numbers of several seeds to a word: held, not held or undecided.

interval = mean ± t(0.975, n - 1) std / sqrt(n)
held       if all of the interval lies above the bound
not held   if all of it lies below
undecided  otherwise

Source: Student, "The probable error of a mean", 1908.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.core import checks
from trainwell.experiments._claim import Word

_CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean and the interval that holds the true one in 95 % of all cases.

    Attributes:
        mean: Mean over the seeds.
        low: Lower end; minus infinity for one seed.
        high: Upper end.
    """

    mean: float
    low: float
    high: float


def interval(values: Sequence[float]) -> Interval:
    """Return the mean and its interval.

    Example:
        >>> interval([1.0, 2.0, 3.0]).low
        -0.484...
    """
    numbers = np.asarray(values, dtype=float)
    mean, count = float(numbers.mean()), len(numbers)
    if count < 2:
        return Interval(mean, -np.inf, np.inf)
    from scipy.stats import t

    error = float(numbers.std(ddof=1)) / np.sqrt(count)
    half = float(t.ppf((1 + _CONFIDENCE) / 2, count - 1)) * error
    return Interval(mean, mean - half, mean + half)


def above(values: Sequence[float], bound: float = 0.0) -> Word:
    """Judge whether the mean of such values is above a bound.

    Args:
        values: One per seed, such as the differences of two variants.
        bound: What they must exceed.

    Example:
        >>> above([0.1, 0.11, 0.12]), above([0.1, -0.2, 0.12]), above([-3, -3.1, -2.9])
        ('held', 'undecided', 'not held')
    """
    found = interval(values)
    if found.low > bound:
        return "held"
    return "not held" if found.high < bound else "undecided"


def certain(holds: bool) -> Word:
    """Judge what is not random.

    Example:
        >>> certain(2 + 2 == 4)
        'held'
    """
    return "held" if holds else "not held"


def every(*words: Word) -> Word:
    """Judge a claim of several parts: it holds if all do, and fails if one does.

    Example:
        >>> every("held", "undecided"), every("held", "not held", "undecided")
        ('undecided', 'not held')
    """
    checks.positive("number of parts", len(words))
    if "not held" in words:
        return "not held"
    return "undecided" if "undecided" in words else "held"


def spread(values: Sequence[float], form: str = ".3g") -> str:
    """Return the mean and the standard deviation over seeds, as text.

    Example:
        >>> spread([1.0, 2.0, 3.0]), spread([0.5], ".2f"), spread([7.0, 7.0])
        ('2 ± 1', '0.50', '7 ± 0')
    """
    numbers = np.asarray(values, dtype=float)
    mean = f"{numbers.mean():{form}}"
    if len(numbers) < 2:
        return mean
    deviation = numbers.std(ddof=1) if np.ptp(numbers) else 0.0  # not 1e-17
    return f"{mean} ± {deviation:{form.removeprefix('+')}}"
