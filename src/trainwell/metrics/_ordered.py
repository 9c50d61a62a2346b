"""Classes that are numbers: their values, the mean that is answered, its error.

    mean = sum_k p_k b_k,    MAE = mean of |mean - b_y|
    cumulative score(l) = fraction of images with |mean - b_y| <= l
    quadratic kappa = 1 - mean_i (a_i - b_i)^2 / mean_ij (a_i - b_j)^2

where a are answered and b true values, and i, j run over the images.

Source: Gao et al., "Deep Label Distribution Learning", 2017, section 3.3,
https://arxiv.org/abs/1611.01731; Geng, Zhou & Smith-Miles, "Automatic Age Estimation
Based on Facial Aging Patterns", 2007, eq. 13 (cumulative score); Cohen, "Weighted
Kappa", 1968 (quadratic kappa).
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.floating]


def class_values(classes: Sequence[str]) -> tuple[float, ...] | None:
    """Return the numbers that the class names are; None if one is none.

    Example:
        >>> class_values(["20", "25", "60"]), class_values(["cat", "3"])
        ((20.0, 25.0, 60.0), None)
    """
    try:
        values = tuple(float(name) for name in classes)
    except ValueError:
        return None
    return values if all(map(math.isfinite, values)) else None


def mean_values(probabilities: _Floats, values: Sequence[float] | _Floats) -> _Floats:
    """Return the mean of each distribution over classes of these values, shape (n,).

    Example:
        >>> mean_values(np.array([[0.5, 0.5, 0.0]]), [20, 25, 60]).tolist()
        [22.5]
    """
    means: _Floats = probabilities.astype(np.float64) @ np.asarray(values, np.float64)
    return means


def mean_absolute_error(
    probabilities: _Floats, targets: npt.NDArray[np.int64], values: Sequence[float]
) -> float:
    """Return how far the means lie from the true values on average, in their units.

    Example:
        >>> p = np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])
        >>> mean_absolute_error(p, np.array([1, 2]), [20, 25, 60])
        1.25
    """
    true = np.asarray(values, np.float64)[targets]
    return float(np.abs(mean_values(probabilities, values) - true).mean())


def nearest_classes(
    means: _Floats, values: Sequence[float] | _Floats
) -> npt.NDArray[np.int64]:
    """Return the class whose value is nearest to each mean; the first of two.

    Example:
        >>> nearest_classes(np.array([22.0, 50.0]), [20, 25, 60]).tolist()
        [0, 2]
    """
    distances = np.abs(means[:, None] - np.asarray(values, np.float64))
    nearest: npt.NDArray[np.int64] = distances.argmin(1)
    return nearest


def cumulative_score(errors: _Floats, limit: float) -> float:
    """Return the fraction of images whose error is at most a limit, either way.

    Args:
        errors: Answer minus truth, shape (n,), in the units of the values.
        limit: In the same units; errors above it by rounding alone count as at it.

    Example:
        >>> cumulative_score(np.array([-5.0, 1.0, 6.0, 0.0]), limit=5)
        0.75
    """
    return float((np.abs(errors) <= limit * (1 + 1e-9)).mean())


def quadratic_kappa(answers: npt.NDArray[Any], targets: npt.NDArray[Any]) -> float:
    """Return Cohen's kappa with errors weighed by their squares; 1 at best.

    It is 0 for answers no better than chance, and where one class alone occurs and is
    always answered.

    Args:
        answers: Values of the answered classes, shape (n,); their indices, if the
            classes are equally far apart.
        targets: The same of the true classes.

    Example:
        >>> quadratic_kappa(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 1])).__round__(4)
        0.8
    """
    a, b = answers.astype(np.float64), targets.astype(np.float64)
    chance = a.var() + b.var() + (a.mean() - b.mean()) ** 2
    return float(1 - ((a - b) ** 2).mean() / chance) if chance else 0.0
