"""The training loop, its state and its hooks."""

from trainwell.training._adapt_policy import AdaptPolicy as AdaptPolicy
from trainwell.training._batch import Batch as Batch
from trainwell.training._batch import Batches as Batches
from trainwell.training._batch import autocast as autocast
from trainwell.training._checkpoint import load_checkpoint as load_checkpoint
from trainwell.training._checkpoint import load_tensors as load_tensors
from trainwell.training._checkpoint import previous_of as previous_of
from trainwell.training._checkpoint import save_checkpoint as save_checkpoint
from trainwell.training._checkpoint import save_tensors as save_tensors
from trainwell.training._checkpoint_hook import SaveRegularly as SaveRegularly
from trainwell.training._choose_weights import noise as noise
from trainwell.training._distill import Distill as Distill
from trainwell.training._early_stopping import EvaluateRegularly as EvaluateRegularly
from trainwell.training._ema import start_average as start_average
from trainwell.training._ema import update_average as update_average
from trainwell.training._evaluate import Evaluation as Evaluation
from trainwell.training._evaluate import Outputs as Outputs
from trainwell.training._evaluate import evaluate as evaluate
from trainwell.training._evaluate import evaluation_of as evaluation_of
from trainwell.training._evaluate import predict_outputs as predict_outputs
from trainwell.training._hook import Hook as Hook
from trainwell.training._keep_epochs import KeepEpochs as KeepEpochs
from trainwell.training._keep_epochs import epoch_path as epoch_path
from trainwell.training._keep_epochs import kept_epochs as kept_epochs
from trainwell.training._keyed_batches import KeyedBatches as KeyedBatches
from trainwell.training._keyed_batches import plain_batch as plain_batch
from trainwell.training._keyed_batches import plain_batches as plain_batches
from trainwell.training._loop import Loss as Loss
from trainwell.training._loop import Penalty as Penalty
from trainwell.training._loop import fit as fit
from trainwell.training._metrics_log import MetricsLog as MetricsLog
from trainwell.training._metrics_log import read_metrics as read_metrics
from trainwell.training._mixed_precision import MEMORY_FORMATS as MEMORY_FORMATS
from trainwell.training._mixed_precision import PRECISIONS as PRECISIONS
from trainwell.training._mixed_precision import StepTime as StepTime
from trainwell.training._mixed_precision import choose_step as choose_step
from trainwell.training._mixed_precision import fastest_step as fastest_step
from trainwell.training._mixed_precision import timing_seconds as timing_seconds
from trainwell.training._prune_by_curvature import brain_damage as brain_damage
from trainwell.training._prune_by_curvature import brain_surgeon as brain_surgeon
from trainwell.training._prune_weights import FindTicket as FindTicket
from trainwell.training._prune_weights import PruneGradually as PruneGradually
from trainwell.training._reduce_on_plateau import ReduceOnPlateau as ReduceOnPlateau
from trainwell.training._render_settings import RenderSettings as RenderSettings
from trainwell.training._shrink_weights import ShrinkWeights as ShrinkWeights
from trainwell.training._signals import StopOnSignal as StopOnSignal
from trainwell.training._signals import raising_interrupt as raising_interrupt
from trainwell.training._snapshots import KeepSnapshots as KeepSnapshots
from trainwell.training._snapshots import snapshots as snapshots
from trainwell.training._state import TrainState as TrainState
from trainwell.training._stop_at_nan import StopAtNaN as StopAtNaN
from trainwell.training._swa import AverageWeights as AverageWeights
from trainwell.training._swa import averaged_weights as averaged_weights
from trainwell.training._targets_shown import whole_targets as whole_targets
from trainwell.training._time_limit import TimeLimit as TimeLimit
from trainwell.training._treat_gradients import TreatGradients as TreatGradients

__all__ = [
    "AverageWeights",
    "Batch",
    "Batches",
    "Distill",
    "EvaluateRegularly",
    "Evaluation",
    "FindTicket",
    "Hook",
    "KeepEpochs",
    "KeepSnapshots",
    "KeyedBatches",
    "MetricsLog",
    "PruneGradually",
    "ReduceOnPlateau",
    "RenderSettings",
    "SaveRegularly",
    "ShrinkWeights",
    "StopAtNaN",
    "StopOnSignal",
    "TimeLimit",
    "TrainState",
    "TreatGradients",
    "brain_damage",
    "brain_surgeon",
    "choose_step",
    "evaluate",
    "fit",
    "load_checkpoint",
    "noise",
    "previous_of",
    "read_metrics",
    "save_checkpoint",
    "start_average",
    "update_average",
]
