"""Experiments: claims of the lectures, each as a measurement that anyone can repeat.

Claims bring their own data (`measure_claim`); the comparisons in `EXPERIMENTS` are
trainings on yours (`run_experiment`).
"""

from trainwell.experiments._best_rate import (
    accuracy_at_best_rate as accuracy_at_best_rate,
)
from trainwell.experiments._best_rate import training_errors as training_errors
from trainwell.experiments._catalogue import EXPERIMENTS as EXPERIMENTS
from trainwell.experiments._claim import Claim as Claim
from trainwell.experiments._claim import Measured as Measured
from trainwell.experiments._claim import Verdict as Verdict
from trainwell.experiments._claim_result import ClaimResult as ClaimResult
from trainwell.experiments._claim_result import load_result as load_result
from trainwell.experiments._claim_result import save_result as save_result
from trainwell.experiments._claims import CLAIMS as CLAIMS
from trainwell.experiments._claims import SECTIONS as SECTIONS
from trainwell.experiments._claims import claim_module as claim_module
from trainwell.experiments._claims import find_claim as find_claim
from trainwell.experiments._draw import column as column
from trainwell.experiments._draw import differences as differences
from trainwell.experiments._draw import draw_curves as draw_curves
from trainwell.experiments._draw import draw_points as draw_points
from trainwell.experiments._draw import thinned as thinned
from trainwell.experiments._final_loss import TRAINS as TRAINS
from trainwell.experiments._final_loss import draw_final_losses as draw_final_losses
from trainwell.experiments._final_loss import final_loss as final_loss
from trainwell.experiments._fit_small import accuracy_of as accuracy_of
from trainwell.experiments._fit_small import fit_small as fit_small
from trainwell.experiments._fit_small import loss_of as loss_of
from trainwell.experiments._fit_small import outputs_of as outputs_of
from trainwell.experiments._gallery import explanation as explanation
from trainwell.experiments._gallery import how_it_was_made as how_it_was_made
from trainwell.experiments._gallery import write_claims as write_claims
from trainwell.experiments._judge import above as above
from trainwell.experiments._judge import certain as certain
from trainwell.experiments._judge import every as every
from trainwell.experiments._judge import interval as interval
from trainwell.experiments._judge import spread as spread
from trainwell.experiments._measure_claim import measure_claim as measure_claim
from trainwell.experiments._notebook import write_notebook as write_notebook
from trainwell.experiments._pretrained import accuracy_on_test as accuracy_on_test
from trainwell.experiments._pretrained import few as few
from trainwell.experiments._pretrained import train_network as train_network
from trainwell.experiments._pretrained import two_tasks as two_tasks
from trainwell.experiments._recipe_claim import recipe_claim as recipe_claim
from trainwell.experiments._run import run_experiment as run_experiment
from trainwell.experiments._small_nets import deep_mlp as deep_mlp
from trainwell.experiments._small_nets import small_cnn as small_cnn
from trainwell.experiments._small_set import Small as Small
from trainwell.experiments._small_set import small_set as small_set
from trainwell.experiments._table import as_markdown as as_markdown
from trainwell.experiments._table import summarise as summarise
from trainwell.experiments._train_briefly import some_images as some_images
from trainwell.experiments._train_briefly import train_briefly as train_briefly
from trainwell.experiments._types import Experiment as Experiment
from trainwell.experiments._types import Outcome as Outcome

__all__ = [
    "CLAIMS",
    "EXPERIMENTS",
    "Claim",
    "ClaimResult",
    "Experiment",
    "Outcome",
    "Verdict",
    "measure_claim",
    "run_experiment",
    "write_claims",
    "write_notebook",
]
