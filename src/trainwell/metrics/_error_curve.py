"""The cumulative curve of the errors of images: the share that is at most this wrong.

    failure_rate(t) = share of images with e > t
    F(e)            = share of images with an error of at most e
    auc(t)          = 1/t int_0^t F(e) de = mean over the images of max(0, 1 - e / t)

F is a step function, whose area is exact: no grid, no trapezoids.

Use: beside the mean error, which a few images that went wrong decide.
Side effects: images without an error (NaN, no point visible) do not count; infinite
errors do, as failures.
Source: Sagonas et al., "300 Faces in-the-Wild Challenge", 2016, section 4; Yang et al.,
"An Empirical Study of Recent Face Alignment Methods", 2015, section 4 (AUC and failure
rate), https://arxiv.org/abs/1511.05049
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks

Errors = npt.NDArray[np.floating]


def failure_rate(errors: Errors, threshold: float = 0.08) -> float:
    """Return the share of images with a larger error; NaN if none has an error.

    Args:
        errors: One per image, such as its NME, shape (n,); NaN for no error.
        threshold: The largest error that is no failure, in the same units.

    Raises:
        ValueError: If `threshold` is not positive.

    Example:
        >>> failure_rate(np.array([0.03, 0.08, 0.2, np.nan, np.inf]), 0.08)
        0.5
    """
    checks.positive("threshold", threshold)
    known = errors[~np.isnan(errors)]
    return float((known > threshold).mean()) if len(known) else float("nan")


def cumulative_error_auc(errors: Errors, threshold: float = 0.08) -> float:
    """Return the area under the cumulative curve up to a threshold, divided by it.

    It is 1 if no image has an error, 0 if all have at least the threshold, and NaN if
    there is no image.

    Args:
        errors: One per image, such as its NME, shape (n,), at least 0; NaN for none.
        threshold: Where the curve ends, in the same units.

    Raises:
        ValueError: If `threshold` is not positive.

    Example:
        >>> cumulative_error_auc(np.array([0.0, 0.02, 0.2]), 0.08)
        0.5833333333333334
    """
    checks.positive("threshold", threshold)
    known = errors[~np.isnan(errors)].astype(np.float64)
    if not len(known):
        return float("nan")
    return float(np.maximum(0, 1 - known / threshold).mean())
