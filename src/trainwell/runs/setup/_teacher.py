"""The teacher of a training: a finished run, or what the caller gave."""

import copy

import torch
from torch import nn

from trainwell.core.errors import ModelError, RecipeError
from trainwell.infer import Predictor, Teacher, load_predictor
from trainwell.models import check_outputs
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.training import Distill

TEMPERATURE, WEIGHT = 4.0, 0.9  # of Hinton et al. 2015


def make_distillation(setup: TrainingSetup) -> Distill | None:
    """Return how the student learns from its teacher; None without one.

    Raises:
        RecipeError: If the teacher cannot answer for the student's images or classes.
        RunError: If there is no such run.
    """
    specified = setup.recipe.distill
    if specified.teacher is None:
        return None
    given = setup.session.own.teacher
    if isinstance(given, nn.Module):
        teacher = _own(given, setup)
    else:
        predictor = given or load_predictor(
            specified.teacher, allow_import=setup.session.own.allow_import
        )
        teacher = _trained(predictor, setup)
    return Distill(
        teacher.eval().to(setup.device),
        temperature=specified.temperature or TEMPERATURE,
        weight=WEIGHT if specified.weight is None else specified.weight,
    )


def _trained(predictor: Predictor, setup: TrainingSetup) -> nn.Module:
    try:
        return Teacher(copy.deepcopy(predictor), setup.metadata)
    except ModelError as error:
        raise RecipeError(
            f"`distill.teacher`={setup.recipe.distill.teacher}: {error}"
        ) from error


def _own(module: nn.Module, setup: TrainingSetup) -> nn.Module:
    """Return a copy of a module that answers for the student's tensors as they are."""
    with torch.random.fork_rng():
        copied = copy.deepcopy(module).cpu()
        check_outputs(copied, setup.metadata.model)
    return copied
