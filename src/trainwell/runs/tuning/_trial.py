"""One trial of a search: train a network for some epochs and watch its curves."""

import math
from collections.abc import Sequence

from torch import Tensor

from trainwell.core.errors import DivergedError, Interrupted
from trainwell.core.progress import Advance
from trainwell.recipes import (
    Recipe,
    make_hooks,
    make_loss,
    make_optimizer,
    make_penalty,
    make_schedule,
    with_point,
)
from trainwell.runs._prepare import Prepared, class_counts
from trainwell.runs._validate import evaluate_now
from trainwell.runs.tuning._lab import Lab
from trainwell.training import Batch, Hook, StopAtNaN, TrainState, fit
from trainwell.tuning import Proposal, Tried, is_behind

_MOST = 8  # evaluations of a trial
_LOOK_EVERY = 20  # steps between looks at the loss on an accelerator


def evaluations(epochs: float) -> int:
    """Return how often a trial of this length is evaluated."""
    return min(_MOST, max(2, math.ceil(epochs)))


def trial_recipe(lab: Lab, proposal: Proposal) -> Recipe:
    """Return the recipe of a trial."""
    recipe = with_point(lab.recipe, proposal.point)
    train = recipe.train.model_copy(update={"epochs": proposal.epochs})
    recipe = recipe.model_copy(
        update={"train": train, "seed": lab.seed_of(proposal.seed)}
    )
    if proposal.decays:
        return recipe
    constant = type(recipe.schedule)(name="constant")
    return recipe.model_copy(update={"schedule": constant})


def train_trial(
    lab: Lab, number: int, proposal: Proposal, others: Sequence[Tried], pruner: str
) -> Tried:
    """Train a trial to its end, or until it falls behind the others of its stage.

    Args:
        lab: Where.
        number: Of the trial.
        proposal: What it is.
        others: Finished trials.
        pruner: When it counts as behind; see `tune.is_behind`.

    Raises:
        Interrupted: If Ctrl-C or SIGTERM came.
    """
    ready = lab.prepare(trial_recipe(lab, proposal))
    recipe, batches = ready.recipe, ready.batches
    state = TrainState(
        model=ready.model,
        optimizer=make_optimizer(recipe, ready.model),
        total_steps=max(1, round(proposal.epochs * batches.per_epoch)),
    )
    same = [t for t in others if t.proposal.stage == proposal.stage]
    name = f"Trial {number} ({proposal.stage}, {proposal.epochs:.3g} epochs)"
    failed = False
    with lab.reporter.progress(name, state.total_steps) as advance:
        watch = _Watch(
            lab, ready, advance, (same, pruner), evaluations(proposal.epochs)
        )
        try:
            fit(
                state,
                batches,
                make_loss(recipe, class_counts(ready.splits), lab.device),
                schedule=make_schedule(recipe),
                hooks=[
                    StopAtNaN(1 if lab.device.type == "cpu" else _LOOK_EVERY),
                    *make_hooks(recipe),
                    lab.stop,
                    watch,
                ],
                precision=recipe.train.precision,
                penalty=make_penalty(recipe, ready.model),
            )
        except DivergedError:
            failed = True
    if state.stop == "signal":
        raise Interrupted(lab.path, state.step, state.total_steps, "step")
    score = 0.0 if failed or not watch.lines else watch.lines[-1]["val_accuracy"]
    reason = "failed" if failed else state.stop or "complete"
    return Tried(number, proposal, score, tuple(watch.lines), reason)


class _Watch(Hook):
    """Evaluates now and then, and gives up a trial that is behind."""

    def __init__(
        self,
        lab: Lab,
        ready: Prepared,
        advance: Advance,
        race: tuple[Sequence[Tried], str],
        count: int,
    ) -> None:
        self.lab, self.ready, self.advance = lab, ready, advance
        self.others, self.pruner = race
        self.count = count
        self.lines: list[dict[str, float]] = []

    def on_start(self, state: TrainState) -> None:
        self.marks = {
            max(1, round(state.total_steps * (i + 1) / self.count))
            for i in range(self.count)
        }

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        self.advance(1)
        self.lab.clock.note()
        if state.step not in self.marks or state.stop:
            return
        validation, training = evaluate_now(self.ready, state.model)
        self.lines.append(
            {
                "epoch": state.step / self.ready.batches.per_epoch,
                "loss": float(loss),
                "train_accuracy": training.accuracy,
                "val_accuracy": validation.accuracy,
                "train_loss": training.loss,
                "val_loss": validation.loss,
            }
        )
        accuracies = [line["val_accuracy"] for line in self.lines]
        if state.step < state.total_steps and is_behind(
            accuracies, self.others, self.pruner
        ):
            state.stop = "pruned"
