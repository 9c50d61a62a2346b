"""Tasks: what a network predicts, each in one file that alone knows it.

A task turns outputs into predictions, and says which numbers compare them with their
targets, which loss fits and what is kept of it beside the weights. No other package
asks which task it is.
"""

from trainwell.tasks._class_prediction import Prediction as Prediction
from trainwell.tasks._classification import Classification as Classification
from trainwell.tasks._metric import Metric as Metric
from trainwell.tasks._named import TASKS as TASKS
from trainwell.tasks._named import read_task as read_task
from trainwell.tasks._task import Answer as Answer
from trainwell.tasks._task import Table as Table
from trainwell.tasks._task import Task as Task

__all__ = [
    "TASKS",
    "Answer",
    "Classification",
    "Metric",
    "Prediction",
    "Table",
    "Task",
    "read_task",
]
