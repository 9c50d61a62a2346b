"""Metrics: how well class probabilities answer, in one number each."""

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
from trainwell.metrics._from_elsewhere import explain_gap as explain_gap
from trainwell.metrics._ordered import class_values as class_values
from trainwell.metrics._ordered import mean_absolute_error as mean_absolute_error
from trainwell.metrics._ordered import mean_values as mean_values
from trainwell.metrics._temperature import fit_temperature as fit_temperature

__all__ = [
    "METRICS",
    "Calibration",
    "accuracy",
    "auc",
    "balanced_accuracy",
    "calibrate",
    "class_values",
    "explain_gap",
    "f1",
    "fit_temperature",
    "kappa",
    "log_loss",
    "mean_absolute_error",
    "mean_values",
    "recalls",
    "scores",
    "top5_accuracy",
]
