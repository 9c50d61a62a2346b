"""Train one network in a run folder: build, fit, evaluate, write.

build the setup -> train with evaluation, checkpoints, logs and limits -> finish
"""

from typing import Any

import torch

from trainwell.core.device import describe
from trainwell.core.errors import Interrupted, RunError
from trainwell.diagnose import (
    CpuUsage,
    LayerRecorder,
    LayerStatistics,
    TimedBatches,
    summarize_statistics,
)
from trainwell.recipes import Recipe, seconds, write_recipe
from trainwell.runs._evaluation import evaluate_now, model_to_evaluate
from trainwell.runs._finish import finish
from trainwell.runs._fit import fit_setup, new_state
from trainwell.runs._folder import RunFolder
from trainwell.runs._saved_recipe import keep_policy
from trainwell.runs._session import Session
from trainwell.runs._setup import TrainingSetup, build_setup
from trainwell.training import (
    EvaluateRegularly,
    MetricsLog,
    SaveRegularly,
    StopOnSignal,
    TimeLimit,
    TrainState,
    load_checkpoint,
)

_LINES_PER_EPOCH = 5
_LAST_EVALUATION = 0.02  # share of a time limit kept for what follows the last step
_LOOKS, _APART = 12, 50  # looks at the layers of a short run; steps between, of a long
_UNPLANNED_EPOCHS = 20  # a first guess under a time limit; the first epoch corrects it


def train_run(
    session: Session, recipe: Recipe, folder: RunFolder
) -> tuple[TrainingSetup, dict[str, Any]]:
    """Train to the end; return the setup and the summary.

    Raises:
        Interrupted: If a signal ended the training; its state is saved.
    """
    own = recipe if recipe.augment.file is None else keep_policy(recipe, folder)
    setup = build_setup(session, own)
    named = setup.recipe.model_copy(update={"augment": recipe.augment})
    begin(folder, named, session.origin)
    state = _train(setup, folder)
    if state.stop == "signal":
        raise Interrupted(folder.path, state.step, state.total_steps)
    return setup, finish(setup, state, folder)


def begin(folder: RunFolder, recipe: Recipe, origin: dict[str, str]) -> None:
    """Write what the run starts from, or check it against what it started from."""
    if folder.started:
        began = folder.read_json(folder.origin)
        if began["fingerprint"] != origin["fingerprint"]:
            raise RunError(
                f"the training images of {origin['source']} are not those that "
                f"{folder.path} began with; restore them, or start another run."
            )
        return
    folder.write_json(folder.origin, origin)
    folder.write_json(folder.path / "environment.json", describe())
    folder.recipe.write_text(write_recipe(recipe))


def _train(setup: TrainingSetup, folder: RunFolder) -> TrainState:
    """Train to the end or to a signal; resume if the folder holds a checkpoint."""
    batches, reporter = setup.batches, setup.session.reporter
    epochs = setup.recipe.train.epochs or _planned_epochs(setup)
    state = new_state(setup, max(1, round(epochs * batches.per_epoch)))
    if folder.last.exists():
        load_checkpoint(folder.last, state)
        reporter.say(f"Going on from step {state.step} of {state.total_steps}.")
    stop, timed = StopOnSignal(), TimedBatches(batches)
    per_epoch = batches.per_epoch
    log = MetricsLog(folder.path, per_epoch, max(1, per_epoch // _LINES_PER_EPOCH))
    with reporter.training(per_epoch) as bar, stop.listening():
        return fit_setup(
            setup,
            state,
            batches=timed,
            evaluator=_evaluator(setup, folder, log),
            hooks=[
                log,
                _layer_statistics(setup, log, timed),
                *([] if setup.recipe.train.time is None else [_time_limit(setup)]),
                *setup.session.own.hooks,
                stop,
                bar,
                SaveRegularly(folder.last, setup.recipe.train.checkpoint_seconds),
            ],
        )


def _planned_epochs(setup: TrainingSetup) -> float:
    """Return the epochs that the time limit allows, judged by the timed steps."""
    limit = seconds(setup.recipe.train.time or "")
    if not setup.timings:
        return _UNPLANNED_EPOCHS
    images = max(setup.timings.values()) * max(limit - setup.seconds, 1.0)
    return images / (setup.batches.per_epoch * setup.batches.batch_size)


def _evaluator(
    setup: TrainingSetup, folder: RunFolder, log: MetricsLog
) -> EvaluateRegularly:
    """Return the hook that evaluates, keeps the best weights, and stops early."""
    train = setup.recipe.train
    return EvaluateRegularly(
        lambda model: evaluate_now(setup, model),
        lambda state: model_to_evaluate(setup, state),
        log,
        best=folder.best,
        every=max(1, round((train.evaluate_every or 1.0) * setup.batches.per_epoch)),
        patience=train.patience,
        keep_last=not setup.splits.held_out,
    )


def _layer_statistics(
    setup: TrainingSetup, log: MetricsLog, timed: TimedBatches
) -> LayerRecorder:
    """Return the hook that writes statistics of the layers beside the losses.

    It acts once per epoch, or less often where epochs are short: it takes as long as a
    step, and a dozen of them tell how a run went.
    """
    per_epoch = setup.batches.per_epoch
    planned = round((setup.recipe.train.epochs or _UNPLANNED_EPOCHS) * per_epoch)
    marked = 0.0
    processor = CpuUsage(torch.get_num_threads())

    def write(state: TrainState, statistics: LayerStatistics) -> None:
        nonlocal marked
        waited, marked = timed.seconds - marked, timed.seconds
        spent = {"data_seconds": waited, "busy": processor.busy()}
        log.write(state, "layers", **summarize_statistics(statistics), **spent)

    return LayerRecorder(max(per_epoch, min(_APART, planned // _LOOKS), 1), write)


def _time_limit(setup: TrainingSetup) -> TimeLimit:
    """Return the hook that ends the training in time."""
    limit = seconds(setup.recipe.train.time or "")
    reserve = setup.seconds + _LAST_EVALUATION * limit
    return TimeLimit(limit, setup.batches.per_epoch, reserve)
