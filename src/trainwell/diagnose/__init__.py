"""Diagnoses: read-only measurements, and what they mean in words."""

from trainwell.diagnose._init_report import init_report as init_report
from trainwell.diagnose._init_types import InitReport as InitReport
from trainwell.diagnose._init_types import Layer as Layer
from trainwell.diagnose._judge_init import judge_init as judge_init
from trainwell.diagnose._six_layers import six_layers as six_layers
from trainwell.diagnose._verdict import Verdict as Verdict
from trainwell.diagnose._verdict import judge_curves as judge_curves
