"""Diagnoses: read-only measurements, and what they mean in words."""

from trainwell.diagnose._audit_findings import audit_findings as audit_findings
from trainwell.diagnose._check_training import TrainingCheck as TrainingCheck
from trainwell.diagnose._check_training import check_training as check_training
from trainwell.diagnose._finding import Finding as Finding
from trainwell.diagnose._finding import Level as Level
from trainwell.diagnose._finding import failed as failed
from trainwell.diagnose._finding import faults as faults
from trainwell.diagnose._gradient_check import GradientRow as GradientRow
from trainwell.diagnose._gradient_check import check_gradients as check_gradients
from trainwell.diagnose._init_report import init_report as init_report
from trainwell.diagnose._init_types import InitReport as InitReport
from trainwell.diagnose._init_types import Layer as Layer
from trainwell.diagnose._initial_loss import InitialLoss as InitialLoss
from trainwell.diagnose._initial_loss import initial_loss as initial_loss
from trainwell.diagnose._initial_loss import judge_initial_loss as judge_initial_loss
from trainwell.diagnose._judge_copies import judge_leak as judge_leak
from trainwell.diagnose._judge_copies import judge_repeats as judge_repeats
from trainwell.diagnose._judge_evaluation import judge_evaluation as judge_evaluation
from trainwell.diagnose._judge_glances import judge_glances as judge_glances
from trainwell.diagnose._judge_images import compare_splits as compare_splits
from trainwell.diagnose._judge_images import judge_images as judge_images
from trainwell.diagnose._judge_init import judge_init as judge_init
from trainwell.diagnose._judge_labels import judge_labels as judge_labels
from trainwell.diagnose._judge_labels import judge_order as judge_order
from trainwell.diagnose._judge_learning import judge_learning as judge_learning
from trainwell.diagnose._judge_loss import judge_loss as judge_loss
from trainwell.diagnose._judge_loss import judge_outputs as judge_outputs
from trainwell.diagnose._judge_losses import judge_losses as judge_losses
from trainwell.diagnose._judge_norms import judge_norms as judge_norms
from trainwell.diagnose._judge_optimizer import judge_optimizer as judge_optimizer
from trainwell.diagnose._judge_signal import judge_signal as judge_signal
from trainwell.diagnose._judge_signal import (
    judge_validation_labels as judge_validation_labels,
)
from trainwell.diagnose._judge_start import judge_start as judge_start
from trainwell.diagnose._judge_steps import judge_accumulation as judge_accumulation
from trainwell.diagnose._judge_steps import judge_direction as judge_direction
from trainwell.diagnose._judge_steps import judge_movement as judge_movement
from trainwell.diagnose._label_signal import LabelSignal as LabelSignal
from trainwell.diagnose._label_signal import label_signal as label_signal
from trainwell.diagnose._loop_parts import Loop as Loop
from trainwell.diagnose._loss_spikes import loss_spikes as loss_spikes
from trainwell.diagnose._monitor import Glance as Glance
from trainwell.diagnose._monitor import Monitor as Monitor
from trainwell.diagnose._monitor import summarised as summarised
from trainwell.diagnose._norm_gap import NormGap as NormGap
from trainwell.diagnose._norm_gap import norm_gaps as norm_gaps
from trainwell.diagnose._phases import Processor as Processor
from trainwell.diagnose._phases import TimedBatches as TimedBatches
from trainwell.diagnose._phases import judge_phases as judge_phases
from trainwell.diagnose._six_layers import six_layers as six_layers
from trainwell.diagnose._verdict import Verdict as Verdict
from trainwell.diagnose._verdict import judge_curves as judge_curves
