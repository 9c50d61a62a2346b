"""Networks for the first three steps: one update at a time, at any rate."""

import math
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from trainwell.core.errors import DivergedError
from trainwell.core.modes import batch_statistics
from trainwell.data import stratified_indices
from trainwell.optim import decayed_weights
from trainwell.recipes import Recipe, with_point
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._fit import fit_setup, new_state
from trainwell.training import Batch, Hook, TrainState

_DECAY = 5e-4  # that step 1 turns on where the recipe has none
_IMAGES = 250  # whose loss step 1 measures
_DROPOUT = (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)


class NetworkTrainer:
    """A network in training; see `tune.StepwiseTrainer`.

    Args:
        search: Where; a signal that it has received ends the training.
        setup: The network and its batches.
    """

    def __init__(self, search: SearchSession, setup: TrainingSetup) -> None:
        self.search, self.setup, self.last = search, setup, _LastLoss()
        self.state = new_state(setup, total_steps=1)

    def step(self, rate: float) -> float:
        """Update once at this rate; return the loss before the update."""
        self.search.clock.note()
        self.search.check_stopped(self.state.step, self.state.total_steps, "step")
        factor = rate / (self.setup.recipe.optimizer.lr or 1.0)
        self.state.total_steps = self.state.step + 1
        try:
            fit_setup(
                self.setup,
                self.state,
                schedule=lambda progress: factor,
                hooks=[self.last],
            )
        except DivergedError:
            return math.nan
        return self.last.loss

    @torch.no_grad()
    def quality(self) -> float:
        """Return that of the task on one pass over the batches; NaN counts as 0."""
        batches, task = self.setup.batches, self.setup.metadata.task
        found, targets = [], []
        with batch_statistics(self.setup.model):
            for batch in batches.stream(0, batches.per_epoch):
                outputs = self.setup.model(batch.images).float()
                found.append(task.predictions(outputs).cpu().numpy())
                targets.append(batch.targets.cpu().numpy())
        predictions = np.concatenate(found)
        if not np.isfinite(predictions).all():
            return 0.0
        return task.metrics[task.quality].value(predictions, np.concatenate(targets))


class _LastLoss(Hook):
    """Keeps the loss of the last step."""

    loss = math.nan

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        self.loss = loss.item()


def without_regularization(recipe: Recipe, batch_size: int) -> Recipe:
    """Return the recipe without anything that hinders overfitting."""
    augment, loss, train = recipe.augment, recipe.loss, recipe.train
    plain = type(augment)(
        crop="none",
        flip=False,
        border=augment.border,
        interpolation=augment.interpolation,
        backend=augment.backend,
    )
    smoothing = {"label_smoothing": None, "class_weights": "none"}
    batch = {"batch_size": batch_size}
    bared = recipe.model_copy(
        update={
            "augment": plain,
            "loss": loss.model_copy(update=smoothing),
            "penalty": type(recipe.penalty)(),
            "noise": type(recipe.noise)(),
            "train": train.model_copy(update=batch),
        }
    )
    return with_point(bared, {"optimizer.weight_decay": 0.0})


def learner(search: SearchSession, recipe: Recipe) -> NetworkTrainer:
    """Return an untrained network; its own dropout is off if the recipe is bare."""
    setup = search.setup(recipe)
    if recipe.augment.crop == "none" and not recipe.optimizer.weight_decay:
        for module in setup.model.modules():
            if isinstance(module, _DROPOUT):
                module.p = 0.0
    return NetworkTrainer(search, setup)


def with_few(search: SearchSession, count: int) -> SearchSession:
    """Return the search on at most `count` training images, of every kind."""
    train, reader = search.session.splits.train, search.session.splits.reader
    strata = reader.strata(train.targets)
    rows = stratified_indices(train, count, seed=search.recipe.seed, strata=strata)
    return replace(search, session=search.session.subset(rows))


@torch.no_grad()
def first_loss(search: SearchSession, decayed: bool) -> float:
    """Return the mean loss of an untrained network, with weight decay if asked for."""
    few = with_few(search, _IMAGES)
    setup = few.setup(search.recipe)
    with batch_statistics(setup.model):
        losses = [
            setup.loss_fn(setup.model(batch.images), batch.targets)
            for batch in setup.batches.stream(0, setup.batches.per_epoch)
        ]
    loss = float(torch.cat(losses).mean())
    if not decayed:
        return loss
    decay = search.recipe.optimizer.weight_decay or _DECAY
    squares = [float(w.square().sum()) for w in decayed_weights(setup.model)]
    return loss + decay / 2 * sum(squares)
