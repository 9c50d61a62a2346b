"""Metrics of numbers, from predictions and targets of shape (n, columns), per column.

    mean_absolute_errors:      mean of |y_hat - y|
    root_mean_squared_errors:  sqrt of the mean of (y_hat - y)^2
    r2:                        1 - sum (y_hat - y)^2 / sum (y - mean y)^2
    spearman:                  correlation of the ranks; equal values share a rank
    conformal_width:           the ceil((n + 1) c)-th smallest |y_hat - y|

Targets that are NaN are left out of their column.

Use: the errors are in the units of a column; R2 and rank correlation have none, so
`column_mean` is of use for columns of different units.
Side effects: none.
Source: Wright, "Correlation and Causation", 1921 (R2); Spearman, "The Proof and
Measurement of Association between Two Things", 1904; Lei, G'Sell, Rinaldo, Tibshirani &
Wasserman, "Distribution-Free Predictive Inference for Regression", 2018, algorithm 2,
https://arxiv.org/abs/1604.04173.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Columns = npt.NDArray[np.float64]


def mean_absolute_errors(predictions: Floats, targets: Floats) -> Columns:
    """Return the mean absolute error of each column, in its units, shape (columns,).

    Args:
        predictions: Shape (n, columns).
        targets: The same shape; NaN where unknown. A column without any has NaN.

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> y = np.array([[2.0, 5.0], [2.0, np.nan]])
        >>> mean_absolute_errors(np.array([[1.0, 5.0], [4.0, 7.0]]), y).tolist()
        [1.5, 0.0]
    """
    return _per_column(lambda p, y: np.abs(p - y).mean(), predictions, targets)


def root_mean_squared_errors(predictions: Floats, targets: Floats) -> Columns:
    """Return the root of the mean squared error of each column, shape (columns,).

    Args:
        predictions: Shape (n, columns).
        targets: The same shape; NaN where unknown. A column without any has NaN.

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p, y = np.array([[1.0], [4.0]]), np.array([[2.0], [-3.0]])
        >>> root_mean_squared_errors(p, y).tolist()
        [5.0]
    """
    return _per_column(
        lambda p, y: np.sqrt(((p - y) ** 2).mean()), predictions, targets
    )


def r2(predictions: Floats, targets: Floats) -> Columns:
    """Return the explained share of the variance of each column, shape (columns,).

    It is 0 for the mean of these targets and negative for what is worse, 1 at best, and
    NaN where all targets are equal.

    Args:
        predictions: Shape (n, columns).
        targets: The same shape; NaN where unknown.

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> y = np.array([[1.0], [2.0], [3.0]])
        >>> r2(np.array([[1.0], [2.0], [4.0]]), y).tolist()
        [0.5]
    """

    def explained(p: Columns, y: Columns) -> float:
        if (y == y[0]).all():
            return math.nan
        return float(1 - ((p - y) ** 2).sum() / ((y - y.mean()) ** 2).sum())

    return _per_column(explained, predictions, targets)


def spearman(predictions: Floats, targets: Floats) -> Columns:
    """Return the rank correlation of each column, shape (columns,).

    It is NaN where all targets, or all predictions, are equal.

    Args:
        predictions: Shape (n, columns).
        targets: The same shape; NaN where unknown.

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p, y = np.array([[1.0], [2.0], [9.0]]), np.array([[3.0], [5.0], [6.0]])
        >>> spearman(p, y).round(4).tolist()
        [1.0]
    """
    from scipy.stats import spearmanr

    def correlation(p: Columns, y: Columns) -> float:
        if (p == p[0]).all() or (y == y[0]).all():
            return math.nan
        return float(spearmanr(p, y).statistic)

    return _per_column(correlation, predictions, targets)


def column_mean(values: Floats) -> float:
    """Return the mean over the columns that have a value; NaN if none has.

    Example:
        >>> column_mean(np.array([0.5, np.nan, 1.0]))
        0.75
    """
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def conformal_width(residuals: Floats, coverage: float = 0.9) -> float:
    """Return the width w for which y_hat - w to y_hat + w covers new targets.

    It covers them with at least this probability, whatever their distribution, if the
    residuals are of images like the new ones that were not trained on. With fewer than
    coverage / (1 - coverage) residuals no finite width does: it is infinite, which for
    0.9 happens below 9 residuals, for 0.95 below 19.

    Args:
        residuals: Prediction minus target of validation images, shape (n,), in the
            units of the targets; those that are NaN are left out.
        coverage: Probability, in (0, 1).

    Raises:
        ValueError: If `coverage` is not in (0, 1), or there is more than one column.

    Example:
        >>> conformal_width(np.arange(-4.0, 15.0), coverage=0.9)
        13.0
        >>> conformal_width(np.array([0.1, 0.2]), coverage=0.9)
        inf
    """
    if not 0 < coverage < 1:
        raise ValueError(f"`coverage` must be in (0, 1), got {coverage!r}.")
    if residuals.ndim != 1:
        raise ValueError(
            "`residuals` must be those of one column, shape (n,), got "
            f"{residuals.shape}; give each column for itself."
        )
    sizes = np.sort(np.abs(residuals[~np.isnan(residuals)]))
    place = math.ceil(round((len(sizes) + 1) * coverage, 9))  # 100 * 0.07 is above 7
    return float(sizes[place - 1]) if place <= len(sizes) else math.inf


def _per_column(
    metric: Callable[[Columns, Columns], float], predictions: Floats, targets: Floats
) -> Columns:
    """Return a metric of the known targets of each column."""
    if predictions.ndim != 2 or predictions.shape != targets.shape:
        raise ValueError(
            "`predictions` and `targets` must both be (images, columns), got "
            f"{predictions.shape} and {targets.shape}."
        )
    pairs = zip(predictions.T, targets.T, strict=True)
    known = [(p[~np.isnan(y)], y[~np.isnan(y)]) for p, y in pairs]
    found = [
        metric(p.astype(np.float64), y.astype(np.float64)) if len(y) else math.nan
        for p, y in known
    ]
    return np.array(found, np.float64)
