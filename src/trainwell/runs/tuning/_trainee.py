"""Networks for the first three steps: one update at a time, at any rate."""

import math

import torch
from torch import Tensor, nn

from trainwell.core.errors import DivergedError, Interrupted
from trainwell.core.modes import batch_statistics
from trainwell.optim import decayed_weights
from trainwell.recipes import (
    Recipe,
    make_hooks,
    make_loss,
    make_optimizer,
    make_penalty,
    with_point,
)
from trainwell.runs._prepare import Prepared, class_counts
from trainwell.runs.tuning._lab import Lab
from trainwell.training import Batch, Hook, TrainState, fit

_DECAY = 5e-4  # that step 1 turns on where the recipe has none
_IMAGES = 250  # whose loss step 1 measures
_DROPOUT = (nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d)


class NetworkTrainee:
    """A network in training; see `tune.Trainee`.

    Args:
        lab: Where; a signal that it has received ends the training.
        ready: The network and its batches.
    """

    def __init__(self, lab: Lab, ready: Prepared) -> None:
        self.lab, self.ready, self.caught = lab, ready, _Catch()
        self.state = TrainState(
            model=ready.model,
            optimizer=make_optimizer(ready.recipe, ready.model),
            total_steps=1,
        )
        device = ready.batches.view.device
        self.loss = make_loss(ready.recipe, class_counts(ready.splits), device)

    def step(self, rate: float) -> float:
        """Update once at this rate; return the loss before the update."""
        self.lab.clock.note()
        if self.lab.stop.received is not None:
            raise Interrupted(self.lab.path, self.state.step, self.state.total_steps)
        factor = rate / (self.ready.recipe.optimizer.lr or 1.0)
        self.state.total_steps = self.state.step + 1
        recipe = self.ready.recipe
        try:
            fit(
                self.state,
                self.ready.batches,
                self.loss,
                schedule=lambda progress: factor,
                hooks=[*make_hooks(recipe), self.caught],
                precision=recipe.train.precision,
                penalty=make_penalty(recipe, self.ready.model),
            )
        except DivergedError:
            return math.nan
        return self.caught.loss

    @torch.no_grad()
    def accuracy(self) -> float:
        """Return the share of right answers on one pass over the batches."""
        batches, right, total = self.ready.batches, 0, 0
        with batch_statistics(self.ready.model):
            for batch in batches.stream(0, batches.per_epoch):
                answers = self.ready.model(batch.images).argmax(1)
                right += int((answers == batch.targets).sum())
                total += len(batch)
        return right / total


class _Catch(Hook):
    """Keeps the loss of the last step."""

    loss = math.nan

    def before_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        self.loss = loss.item()


def bare(recipe: Recipe, batch_size: int) -> Recipe:
    """Return the recipe without anything that hinders learning by heart."""
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


def learner(lab: Lab, recipe: Recipe) -> NetworkTrainee:
    """Return an untrained network; its own dropout is off if the recipe is bare."""
    ready = lab.prepare(recipe)
    if recipe.augment.crop == "none" and not recipe.optimizer.weight_decay:
        for module in ready.model.modules():
            if isinstance(module, _DROPOUT):
                module.p = 0.0
    return NetworkTrainee(lab, ready)


@torch.no_grad()
def first_loss(lab: Lab, decayed: bool) -> float:
    """Return the mean loss of an untrained network, with weight decay if asked for."""
    ready = lab.with_few(_IMAGES).prepare(lab.recipe)
    trainee, batches = NetworkTrainee(lab, ready), ready.batches
    with batch_statistics(ready.model):
        losses = [
            trainee.loss(ready.model(batch.images), batch.targets)
            for batch in batches.stream(0, batches.per_epoch)
        ]
    loss = float(torch.cat(losses).mean())
    if not decayed:
        return loss
    decay = lab.recipe.optimizer.weight_decay or _DECAY
    squares = [float(w.square().sum()) for w in decayed_weights(ready.model)]
    return loss + decay / 2 * sum(squares)
