"""Metrics: how well class probabilities or points answer, in one number each."""

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
from trainwell.metrics._ordered import class_values as class_values
from trainwell.metrics._ordered import mean_absolute_error as mean_absolute_error
from trainwell.metrics._ordered import mean_values as mean_values
from trainwell.metrics._point_errors import box_size as box_size
from trainwell.metrics._point_errors import eye_distance as eye_distance
from trainwell.metrics._point_errors import nme as nme
from trainwell.metrics._point_errors import pck as pck
from trainwell.metrics._point_errors import points_mse as points_mse
from trainwell.metrics._temperature import fit_temperature as fit_temperature

__all__ = [
    "METRICS",
    "Calibration",
    "accuracy",
    "auc",
    "balanced_accuracy",
    "box_size",
    "calibrate",
    "class_values",
    "cumulative_error_auc",
    "explain_gap",
    "eye_distance",
    "f1",
    "failure_rate",
    "fit_temperature",
    "kappa",
    "log_loss",
    "mean_absolute_error",
    "mean_values",
    "nme",
    "pck",
    "points_mse",
    "recalls",
    "scores",
    "top5_accuracy",
]
