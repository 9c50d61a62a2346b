"""Tasks: what a network predicts, each in one file that alone knows it.

A task turns outputs into predictions, and says which numbers compare them with their
targets, which loss fits and what is kept of it beside the weights. No other package
asks which task it is.
"""

from trainwell.tasks._answer import Answer as Answer
from trainwell.tasks._answer import Table as Table
from trainwell.tasks._class_prediction import Prediction as Prediction
from trainwell.tasks._classification import Classification as Classification
from trainwell.tasks._frames import from_image as from_image
from trainwell.tasks._frames import whole_frames as whole_frames
from trainwell.tasks._keypoints import Keypoints as Keypoints
from trainwell.tasks._label_set_prediction import (
    LabelSetPrediction as LabelSetPrediction,
)
from trainwell.tasks._losses_of import losses_of as losses_of
from trainwell.tasks._metric import Metric as Metric
from trainwell.tasks._multilabel import Multilabel as Multilabel
from trainwell.tasks._named import TASKS as TASKS
from trainwell.tasks._named import read_task as read_task
from trainwell.tasks._named import readers as readers
from trainwell.tasks._number_prediction import NumberPrediction as NumberPrediction
from trainwell.tasks._ordinal import Ordinal as Ordinal
from trainwell.tasks._point_metrics import ERROR_LIMIT as ERROR_LIMIT
from trainwell.tasks._point_metrics import normalised_errors as normalised_errors
from trainwell.tasks._point_prediction import PointPrediction as PointPrediction
from trainwell.tasks._regression import Regression as Regression
from trainwell.tasks._task import Task as Task

__all__ = [
    "TASKS",
    "Answer",
    "Classification",
    "Keypoints",
    "LabelSetPrediction",
    "Metric",
    "Multilabel",
    "NumberPrediction",
    "Ordinal",
    "PointPrediction",
    "Prediction",
    "Regression",
    "Table",
    "Task",
    "losses_of",
    "read_task",
    "readers",
]
