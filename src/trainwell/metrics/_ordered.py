"""Classes that are numbers: their values, the mean that is answered, its error.

    mean = sum_k p_k b_k,    MAE = mean of |mean - b_y|

Source: Gao et al., "Deep Label Distribution Learning", 2017, section 3.3,
https://arxiv.org/abs/1611.01731
"""

import math
from collections.abc import Sequence

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


def mean_values(probabilities: _Floats, values: Sequence[float]) -> _Floats:
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
