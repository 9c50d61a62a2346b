"""Run the training loop with its hooks: evaluation, checkpoints, logs, limits."""

import numpy as np
import torch
from torch import Tensor

from trainwell.diagnose import Glance, Monitor, Processor, TimedBatches, summarised
from trainwell.recipes import (
    keep_lower,
    make_ensemble_hooks,
    make_hooks,
    make_loss,
    make_optimizer,
    make_penalty,
    make_plateau,
    make_schedule,
    make_unfreezing,
    parts_of,
    seconds,
    slow_down,
)
from trainwell.runs._folder import RunFolder
from trainwell.runs._prepare import Prepared, class_counts
from trainwell.runs._reporter import Reporter
from trainwell.runs._validate import evaluate_now, model_to_evaluate
from trainwell.training import (
    AdaptPolicy,
    EvaluateRegularly,
    Hook,
    MetricsLog,
    SaveRegularly,
    StopAtNaN,
    StopOnSignal,
    TimeLimit,
    TrainState,
    fit,
    load_checkpoint,
    plain_batch,
    start_average,
)

_LINES_PER_EPOCH = 5
_LOOK_EVERY = 20  # steps between looks at the loss on an accelerator
_LAST_EVALUATION = 0.02  # share of a time limit kept for what follows the last step
_LOOKS, _APART = 12, 50  # looks at the layers of a short run; steps between, of a long
_UNPLANNED_EPOCHS = 20  # a first guess under a time limit; the first epoch corrects it


def run_fit(ready: Prepared, folder: RunFolder, reporter: Reporter) -> TrainState:
    """Train to the end, or to a signal; resume if the folder holds a checkpoint."""
    recipe, batches = ready.recipe.train, ready.batches
    parts = parts_of(ready.recipe, ready.model, lambda: _glance(ready))
    learning = keep_lower(ready.recipe, parts)
    optimizer = make_optimizer(ready.recipe, ready.model)
    slow_down(ready.recipe, optimizer, parts)
    epochs = recipe.epochs or _plan(ready)
    state = TrainState(
        model=ready.model,
        optimizer=optimizer,
        total_steps=max(1, round(epochs * batches.per_epoch)),
        average=start_average(ready.model) if recipe.average else None,
    )
    if folder.last.exists():
        load_checkpoint(folder.last, state)
        reporter.say(f"Going on from step {state.step} of {state.total_steps}.")
    stop, timed = StopOnSignal(), TimedBatches(batches)
    with reporter.training(batches.per_epoch) as bar, stop.listening():
        return fit(
            state,
            timed,
            make_loss(ready.recipe, class_counts(ready.splits), batches.view.device),
            schedule=make_schedule(ready.recipe),
            hooks=[
                *make_unfreezing(ready.recipe, learning, batches.per_epoch),
                *_hooks(ready, folder, timed),
                stop,
                bar,
                _saver(ready, folder),
            ],
            precision=recipe.precision,
            penalty=make_penalty(ready.recipe, ready.model),
            average_decay=recipe.average or 0.0,
        )


def _glance(ready: Prepared) -> Tensor:
    """Return two training images."""
    splits, stores, view = ready.splits, ready.stores, ready.batches.view
    return plain_batch(splits.train, stores.train, view, np.arange(2)).images


def _plan(ready: Prepared) -> float:
    """Return the epochs that the time limit allows, judged by the timed steps."""
    limit = seconds(ready.recipe.train.time or "")
    if not ready.timings:
        return _UNPLANNED_EPOCHS
    images = max(ready.timings.values()) * max(limit - ready.seconds, 1.0)
    return images / (ready.batches.per_epoch * ready.batches.batch_size)


def _hooks(ready: Prepared, folder: RunFolder, timed: TimedBatches) -> list[Hook]:
    """Return the hooks in the order in which they act."""
    recipe, per_epoch = ready.recipe.train, ready.batches.per_epoch
    learning = ready.batches.learning
    on_cpu = ready.batches.view.device.type == "cpu"
    log = MetricsLog(folder.path, per_epoch, max(1, per_epoch // _LINES_PER_EPOCH))
    evaluator = EvaluateRegularly(
        lambda model: evaluate_now(ready, model),
        lambda state: model_to_evaluate(ready, state),
        log,
        best=folder.best,
        every=max(1, round((recipe.evaluate_every or 1.0) * per_epoch)),
        patience=recipe.patience,
    )
    hooks: list[Hook] = [
        StopAtNaN(1 if on_cpu else _LOOK_EVERY),
        *make_hooks(ready.recipe),
        *make_ensemble_hooks(ready.recipe, per_epoch),
        *([] if learning is None else [AdaptPolicy(learning, ready.batches)]),
        evaluator,
        *make_plateau(ready.recipe),
        log,
        _monitor(log, timed, _between_looks(ready)),
    ]
    if recipe.time is not None:
        limit = seconds(recipe.time)
        reserve = ready.seconds + _LAST_EVALUATION * limit
        hooks.append(TimeLimit(limit, per_epoch, reserve))
    return hooks


def _monitor(log: MetricsLog, timed: TimedBatches, every: int) -> Monitor:
    """Return a look at the layers now and then, written beside the losses."""
    marked = 0.0
    processor = Processor(torch.get_num_threads())

    def write(state: TrainState, glance: Glance) -> None:
        nonlocal marked
        waited, marked = timed.seconds - marked, timed.seconds
        spent = {"data_seconds": waited, "busy": processor.busy()}
        log.write(state, "layers", **summarised(glance), **spent)

    return Monitor(every, write)


def _between_looks(ready: Prepared) -> int:
    """Return the steps between two looks: an epoch, or more where epochs are short.

    A look takes as long as a step. A dozen of them tell how a run went.
    """
    per_epoch = ready.batches.per_epoch
    planned = round((ready.recipe.train.epochs or _UNPLANNED_EPOCHS) * per_epoch)
    return max(per_epoch, min(_APART, planned // _LOOKS), 1)


def _saver(ready: Prepared, folder: RunFolder) -> Hook:
    return SaveRegularly(folder.last, ready.recipe.train.checkpoint_seconds)
