"""Diagnoses: read-only measurements, and what they mean in words."""

from trainwell.diagnose._verdict import Verdict as Verdict
from trainwell.diagnose._verdict import judge_curves as judge_curves
