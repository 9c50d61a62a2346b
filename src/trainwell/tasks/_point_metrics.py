"""How far points are from their targets, in units of the face or the object.

The unit of an image is the distance of the outer eye corners where its layout is known,
else the size of the box around its points; of points on a line, their extent.

Source: see `metrics.nme`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from trainwell import metrics
from trainwell.tasks._metric import Floats, Metric, Targets, largest

ERROR_LIMIT = 0.08
"""The normalised error from which an image is a failure."""
_EYES = {5: (0, 1), 17: (1, 2), 68: (36, 45), 98: (60, 72)}


def normalised_errors(predictions: Floats, targets: Targets) -> npt.NDArray[np.float64]:
    """Return the normalised error of every image; NaN without a visible point.

    Args:
        predictions: x0, y0, x1, ..., (n, 2 points).
        targets: (n, points, 2), NaN where not visible.
    """
    visible = ~np.isnan(targets[..., 0])
    unit = metrics.box_size(np.nan_to_num(targets), visible)
    pair = _EYES.get(targets.shape[1])
    if pair is not None:
        eyes = metrics.eye_distance(targets, *pair)
        unit = np.where(eyes > 0, eyes, unit)
    unit = np.where(unit > 0, unit, _longer_side(targets))  # points on a line
    return metrics.nme(predictions.reshape(targets.shape), targets, visible, unit)


def _longer_side(targets: Targets) -> npt.NDArray[np.float64]:
    """Return that of the box around the points; 1 around one point, or none."""
    high = np.where(np.isnan(targets), -np.inf, targets).max(1)
    low = np.where(np.isnan(targets), np.inf, targets).min(1)
    found = (high - low).max(1)
    return np.where(found > 0, found, 1.0)


def mean_error(predictions: Floats, targets: Targets) -> float:
    """Return the mean over the images that show a point; NaN without any."""
    errors = normalised_errors(predictions, targets)
    known = errors[~np.isnan(errors)]
    return float(known.mean()) if len(known) else float("nan")


def point_metrics(of_mean_shape: float) -> Mapping[str, Metric]:
    """Return the metrics of points.

    Args:
        of_mean_shape: Error of the mean shape, by which `explained` is measured.
    """

    def known(
        function: Callable[[npt.NDArray[np.float64], float], float],
    ) -> Callable[[Floats, Targets], float]:
        def value(predictions: Floats, targets: Targets) -> float:
            errors = normalised_errors(predictions, targets)
            return function(errors[~np.isnan(errors)], ERROR_LIMIT)

        return value

    def squared(predictions: Floats, targets: Targets) -> float:
        points = predictions.reshape(targets.shape)
        return metrics.points_mse(points, targets, ~np.isnan(targets[..., 0]))

    return {
        "nme": Metric(mean_error, lower_is_better=True),
        "failures": Metric(known(metrics.failure_rate), lower_is_better=True),
        "auc": Metric(known(metrics.cumulative_error_auc)),
        "mse": Metric(squared, lower_is_better=True),
        "explained": Metric(lambda p, y: 1 - mean_error(p, y) / of_mean_shape),
        "loss": Metric(mean_error, lower_is_better=True),
    }


def point_rows(
    predictions: Floats, targets: Targets, names: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the mean error in pixels of every point that an image shows."""
    points = predictions.reshape(targets.shape)
    distances = np.linalg.norm(points - targets, axis=2)
    return [
        {
            "point": name,
            "error_in_pixels": float(np.nanmean(column)),
            "num_images": int((~np.isnan(column)).sum()),
        }
        for name, column in zip(names, distances.T, strict=True)
        if not np.isnan(column).all()
    ]


def worst(predictions: Floats, targets: Targets, count: int) -> npt.NDArray[np.int64]:
    """Return the images of the largest errors, in their order."""
    errors = np.nan_to_num(normalised_errors(predictions, targets), nan=-1.0)
    return largest(errors, count)
