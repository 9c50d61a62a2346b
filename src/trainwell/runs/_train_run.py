"""Train one network in a run folder: build, fit, evaluate, write.

build the setup -> train with evaluation, checkpoints, logs and limits -> finish
"""

from typing import Any

import torch

from trainwell.core.device import describe
from trainwell.core.errors import Interrupted, RunError
from trainwell.core.files import write_atomically
from trainwell.diagnose import (
    CpuUsage,
    LayerRecorder,
    LayerStatistics,
    TimedBatches,
    summarize_statistics,
)
from trainwell.recipes import Recipe, seconds, write_recipe
from trainwell.runs._data_identity import refuse_other_data
from trainwell.runs._environment import warn_of_another_machine
from trainwell.runs._evaluation import evaluate_now, model_to_evaluate
from trainwell.runs._finish import finish
from trainwell.runs._fit import fit_setup, new_state
from trainwell.runs._folder import RunFolder
from trainwell.runs._saved_recipe import policy_to_keep, with_kept_policy
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
    load_tensors,
    raising_interrupt,
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
    policy = policy_to_keep(recipe, folder)
    own = recipe if policy else with_kept_policy(recipe, folder)
    setup = build_setup(session, own)
    named = setup.recipe.model_copy(update={"augment": recipe.augment})
    begin(folder, named, session)
    if policy is not None:
        write_atomically(folder.policy, policy)
    state, stop = _state(setup, folder), StopOnSignal()
    saving = SaveRegularly(folder.last, setup.recipe.train.checkpoint_seconds)
    try:
        _train(setup, folder, state, (stop, saving))
        if stop.received is None:
            with raising_interrupt():
                return setup, finish(setup, state, folder)
    except KeyboardInterrupt:
        pass
    raise Interrupted(folder.path, saving.step, state.total_steps)


def begin(folder: RunFolder, recipe: Recipe, session: Session) -> None:
    """Write what the run starts from, or check it against what it started from."""
    if folder.started:
        began = folder.read_origin()
        refuse_other_data(folder.path, began, session.splits, session.source)
        warn_of_another_machine(folder, session.reporter)
        return
    folder.write_json(folder.origin, session.origin)
    folder.write_json(folder.environment, describe())
    folder.recipe.write_text(write_recipe(recipe))


def _state(setup: TrainingSetup, folder: RunFolder) -> TrainState:
    """Return the state that training begins with, or that the folder holds."""
    reporter = setup.session.reporter
    epochs = setup.recipe.train.epochs or _planned_epochs(setup)
    state = new_state(setup, max(1, round(epochs * setup.batches.per_epoch)))
    if folder.has_state:
        load_checkpoint(folder.last, state, reporter.warn)
        reporter.say(f"Going on from step {state.step} of {state.total_steps}.")
    if "best_step" in state.memory:
        try:
            load_tensors(folder.best)
        except RunError as error:
            reporter.warn(f"{error} The best of the evaluations to come is taken.")
            for key in ("best_step", "best_accuracy", "evaluated_step"):
                state.memory.pop(key, None)
    return state


def _train(
    setup: TrainingSetup,
    folder: RunFolder,
    state: TrainState,
    last: tuple[StopOnSignal, SaveRegularly],
) -> None:
    """Train to the end or to a signal."""
    reporter, timed = setup.session.reporter, TimedBatches(setup.batches)
    per_epoch, (stop, saving) = setup.batches.per_epoch, last
    log = MetricsLog(folder.path, per_epoch, max(1, per_epoch // _LINES_PER_EPOCH))
    with reporter.training(per_epoch) as bar, stop.listening():
        fit_setup(
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
                saving,
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
