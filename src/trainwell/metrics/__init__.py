"""Metrics: how well predictions fit their targets, in one number each.

Of one class per image, of ordered classes, of several labels, of numbers and points.
"""

from trainwell.metrics._average_precision import average_precision as average_precision
from trainwell.metrics._average_precision import (
    mean_average_precision as mean_average_precision,
)
from trainwell.metrics._calibration import Calibration as Calibration
from trainwell.metrics._calibration import calibrate as calibrate
from trainwell.metrics._classification import METRICS as METRICS
from trainwell.metrics._classification import accuracy as accuracy
from trainwell.metrics._classification import auc as auc
from trainwell.metrics._classification import balanced_accuracy as balanced_accuracy
from trainwell.metrics._classification import f1 as f1
from trainwell.metrics._classification import kappa as kappa
from trainwell.metrics._classification import log_loss as log_loss
from trainwell.metrics._classification import recalls as recalls
from trainwell.metrics._classification import scores as scores
from trainwell.metrics._classification import top5_accuracy as top5_accuracy
from trainwell.metrics._error_curve import cumulative_error_auc as cumulative_error_auc
from trainwell.metrics._error_curve import failure_rate as failure_rate
from trainwell.metrics._from_elsewhere import explain_gap as explain_gap
from trainwell.metrics._multilabel import binary_log_loss as binary_log_loss
from trainwell.metrics._multilabel import co_occurrence as co_occurrence
from trainwell.metrics._multilabel import exact_match as exact_match
from trainwell.metrics._multilabel import hamming_loss as hamming_loss
from trainwell.metrics._multilabel import multilabel_f1 as multilabel_f1
from trainwell.metrics._ordered import class_values as class_values
from trainwell.metrics._ordered import cumulative_score as cumulative_score
from trainwell.metrics._ordered import mean_absolute_error as mean_absolute_error
from trainwell.metrics._ordered import mean_values as mean_values
from trainwell.metrics._ordered import nearest_classes as nearest_classes
from trainwell.metrics._ordered import quadratic_kappa as quadratic_kappa
from trainwell.metrics._point_errors import box_size as box_size
from trainwell.metrics._point_errors import eye_distance as eye_distance
from trainwell.metrics._point_errors import nme as nme
from trainwell.metrics._point_errors import pck as pck
from trainwell.metrics._point_errors import points_mse as points_mse
from trainwell.metrics._regression import column_mean as column_mean
from trainwell.metrics._regression import conformal_width as conformal_width
from trainwell.metrics._regression import mean_absolute_errors as mean_absolute_errors
from trainwell.metrics._regression import r2 as r2
from trainwell.metrics._regression import (
    root_mean_squared_errors as root_mean_squared_errors,
)
from trainwell.metrics._regression import spearman as spearman
from trainwell.metrics._temperature import fit_temperature as fit_temperature
from trainwell.metrics._thresholds import choose_thresholds as choose_thresholds

__all__ = [
    "METRICS",
    "Calibration",
    "accuracy",
    "auc",
    "average_precision",
    "balanced_accuracy",
    "box_size",
    "binary_log_loss",
    "calibrate",
    "choose_thresholds",
    "class_values",
    "cumulative_error_auc",
    "co_occurrence",
    "column_mean",
    "conformal_width",
    "cumulative_score",
    "exact_match",
    "explain_gap",
    "eye_distance",
    "f1",
    "failure_rate",
    "fit_temperature",
    "hamming_loss",
    "kappa",
    "log_loss",
    "mean_absolute_error",
    "mean_absolute_errors",
    "mean_average_precision",
    "mean_values",
    "nme",
    "pck",
    "points_mse",
    "multilabel_f1",
    "nearest_classes",
    "quadratic_kappa",
    "r2",
    "recalls",
    "root_mean_squared_errors",
    "scores",
    "spearman",
    "top5_accuracy",
]
