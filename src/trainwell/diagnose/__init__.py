"""Diagnoses: read-only measurements, and what they mean in words."""

from trainwell.diagnose._audit_findings import audit_findings as audit_findings
from trainwell.diagnose._check_copies import check_leak as check_leak
from trainwell.diagnose._check_copies import check_repeats as check_repeats
from trainwell.diagnose._check_curves import check_curves as check_curves
from trainwell.diagnose._check_evaluation import check_evaluation as check_evaluation
from trainwell.diagnose._check_images import check_images as check_images
from trainwell.diagnose._check_images import check_splits as check_splits
from trainwell.diagnose._check_init import check_init as check_init
from trainwell.diagnose._check_label_signal import (
    check_label_signal as check_label_signal,
)
from trainwell.diagnose._check_label_signal import (
    check_validation_labels as check_validation_labels,
)
from trainwell.diagnose._check_labels import check_labels as check_labels
from trainwell.diagnose._check_labels import check_shuffling as check_shuffling
from trainwell.diagnose._check_learning import check_learning as check_learning
from trainwell.diagnose._check_loss import check_loss as check_loss
from trainwell.diagnose._check_loss import check_outputs as check_outputs
from trainwell.diagnose._check_loss_curve import check_loss_curve as check_loss_curve
from trainwell.diagnose._check_norms import check_norms as check_norms
from trainwell.diagnose._check_optimizer import check_optimizer as check_optimizer
from trainwell.diagnose._check_start import check_start as check_start
from trainwell.diagnose._check_statistics import check_statistics as check_statistics
from trainwell.diagnose._check_steps import check_accumulation as check_accumulation
from trainwell.diagnose._check_steps import check_direction as check_direction
from trainwell.diagnose._check_steps import check_movement as check_movement
from trainwell.diagnose._check_training import TrainingCheck as TrainingCheck
from trainwell.diagnose._check_training import check_training as check_training
from trainwell.diagnose._data_time import CpuUsage as CpuUsage
from trainwell.diagnose._data_time import TimedBatches as TimedBatches
from trainwell.diagnose._data_time import check_data_time as check_data_time
from trainwell.diagnose._finding import Finding as Finding
from trainwell.diagnose._finding import Level as Level
from trainwell.diagnose._finding import Verdict as Verdict
from trainwell.diagnose._finding import failed as failed
from trainwell.diagnose._finding import faults as faults
from trainwell.diagnose._gradient_check import GradientRow as GradientRow
from trainwell.diagnose._gradient_check import check_gradients as check_gradients
from trainwell.diagnose._init_report import init_report as init_report
from trainwell.diagnose._init_types import InitReport as InitReport
from trainwell.diagnose._init_types import Layer as Layer
from trainwell.diagnose._initial_loss import InitialLoss as InitialLoss
from trainwell.diagnose._initial_loss import check_first_loss as check_first_loss
from trainwell.diagnose._initial_loss import initial_loss as initial_loss
from trainwell.diagnose._label_signal import LabelSignal as LabelSignal
from trainwell.diagnose._label_signal import label_signal as label_signal
from trainwell.diagnose._layer_recorder import LayerRecorder as LayerRecorder
from trainwell.diagnose._layer_recorder import LayerStatistics as LayerStatistics
from trainwell.diagnose._layer_recorder import (
    summarize_statistics as summarize_statistics,
)
from trainwell.diagnose._loop import Loop as Loop
from trainwell.diagnose._loss_spikes import loss_spikes as loss_spikes
from trainwell.diagnose._norm_gap import NormGap as NormGap
from trainwell.diagnose._norm_gap import norm_gaps as norm_gaps
from trainwell.diagnose._six_layers import six_layers as six_layers
