"""Diagnoses: measurements that change nothing, and findings with a remedy."""

from trainwell.diagnose._audit_findings import audit_findings as audit_findings
from trainwell.diagnose._check_copies import check_leak as check_leak
from trainwell.diagnose._check_curves import check_curves as check_curves
from trainwell.diagnose._check_images import check_images as check_images
from trainwell.diagnose._check_images import check_splits as check_splits
from trainwell.diagnose._check_label_signal import (
    check_label_signal as check_label_signal,
)
from trainwell.diagnose._check_label_signal import (
    check_validation_labels as check_validation_labels,
)
from trainwell.diagnose._check_loss import check_outputs as check_outputs
from trainwell.diagnose._check_points import check_points as check_points
from trainwell.diagnose._check_shortcut import check_shortcut as check_shortcut
from trainwell.diagnose._check_spread import check_spread as check_spread
from trainwell.diagnose._check_statistics import check_statistics as check_statistics
from trainwell.diagnose._check_training import TrainingCheck as TrainingCheck
from trainwell.diagnose._check_training import check_training as check_training
from trainwell.diagnose._data_time import CpuUsage as CpuUsage
from trainwell.diagnose._data_time import TimedBatches as TimedBatches
from trainwell.diagnose._data_time import check_data_time as check_data_time
from trainwell.diagnose._finding import Finding as Finding
from trainwell.diagnose._finding import Verdict as Verdict
from trainwell.diagnose._finding import failed as failed
from trainwell.diagnose._finding import faults as faults
from trainwell.diagnose._gradient_check import GradientRow as GradientRow
from trainwell.diagnose._gradient_check import check_gradients as check_gradients
from trainwell.diagnose._init_report import init_report as init_report
from trainwell.diagnose._init_types import InitReport as InitReport
from trainwell.diagnose._init_types import Layer as Layer
from trainwell.diagnose._initial_loss import InitialLoss as InitialLoss
from trainwell.diagnose._initial_loss import initial_loss as initial_loss
from trainwell.diagnose._label_signal import LabelSignal as LabelSignal
from trainwell.diagnose._label_signal import label_signal as label_signal
from trainwell.diagnose._layer_recorder import LayerRecorder as LayerRecorder
from trainwell.diagnose._layer_recorder import LayerStatistics as LayerStatistics
from trainwell.diagnose._layer_recorder import (
    summarize_statistics as summarize_statistics,
)
from trainwell.diagnose._loop import Loop as Loop
from trainwell.diagnose._mirrored_classes import MirroredPair as MirroredPair
from trainwell.diagnose._mirrored_classes import describe_mirrored as describe_mirrored
from trainwell.diagnose._mirrored_classes import mirrored_classes as mirrored_classes
from trainwell.diagnose._missed_classes import ClassScore as ClassScore
from trainwell.diagnose._six_layers import six_layers as six_layers

__all__ = [
    "Finding",
    "GradientRow",
    "InitReport",
    "InitialLoss",
    "LabelSignal",
    "LayerRecorder",
    "LayerStatistics",
    "MirroredPair",
    "Loop",
    "TrainingCheck",
    "Verdict",
    "check_curves",
    "check_gradients",
    "check_images",
    "check_shortcut",
    "check_training",
    "faults",
    "init_report",
    "initial_loss",
    "label_signal",
    "mirrored_classes",
    "six_layers",
]
