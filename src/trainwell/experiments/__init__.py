"""Experiments: claims of the lectures, each as training runs that anyone can repeat."""

from trainwell.experiments._catalogue import EXPERIMENTS as EXPERIMENTS
from trainwell.experiments._run import run_experiment as run_experiment
from trainwell.experiments._table import as_markdown as as_markdown
from trainwell.experiments._table import summarise as summarise
from trainwell.experiments._types import Experiment as Experiment
from trainwell.experiments._types import Outcome as Outcome

__all__ = [
    "EXPERIMENTS",
    "Experiment",
    "Outcome",
    "run_experiment",
]
