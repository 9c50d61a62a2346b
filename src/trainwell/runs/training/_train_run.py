"""Train one network in a run folder: build, fit, evaluate, write.

build the setup -> train with evaluation, checkpoints, logs and limits -> finish
"""

import time
from dataclasses import replace
from functools import partial
from typing import Any

import torch

from trainwell.core.errors import DataError, Interrupted, InterruptedEarly
from trainwell.core.files import write_atomically
from trainwell.diagnose import (
    CpuUsage,
    LayerRecorder,
    LayerStatistics,
    TimedBatches,
    summarize_statistics,
)
from trainwell.recipes import (
    Recipe,
    evaluation_interval,
)
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._saved_recipe import policy_to_keep, with_kept_policy
from trainwell.runs.session._session import Session
from trainwell.runs.setup._explained import to_go_on
from trainwell.runs.setup._setup import TrainingSetup, build_setup
from trainwell.runs.training._begin import UNPLANNED_EPOCHS, begin, begun_state
from trainwell.runs.training._evaluation import (
    evaluate_now,
    first_evaluations,
    metric_to_select,
    model_to_evaluate,
)
from trainwell.runs.training._finish import finish
from trainwell.runs.training._first_look import first_look
from trainwell.runs.training._fit import fit_setup
from trainwell.runs.training._plan_time import time_limit
from trainwell.training import (
    EvaluateRegularly,
    KeepEpochs,
    MetricsLog,
    SaveRegularly,
    StopOnSignal,
    TrainState,
    raising_interrupt,
    save_checkpoint,
)

_LINES_PER_EPOCH = 5
_LOOKS, _APART = 12, 50  # looks at the layers of a short run; steps between, of a long


def train_run(
    session: Session, recipe: Recipe, folder: RunFolder
) -> tuple[TrainingSetup, dict[str, Any]]:
    """Train to the end; return the setup and the summary.

    Raises:
        Interrupted: If a signal ended the training; its state is saved.
    """
    policy = policy_to_keep(recipe, folder)
    own = recipe if policy else with_kept_policy(recipe, folder)
    setup = build_setup(session, own, fresh=not folder.has_state)
    named = setup.recipe.model_copy(update={"augment": recipe.augment})
    built = time.perf_counter()
    begin(folder, named, session)
    if policy is not None:
        write_atomically(folder.policy, policy)
    for fault in first_look(setup):
        session.reporter.warn(f"{fault.what} Try this: {fault.try_next}.")
    state, stop = begun_state(setup, folder), StopOnSignal()
    saving = SaveRegularly(folder.last, setup.recipe.train.checkpoint_seconds)
    setup = replace(setup, seconds=setup.seconds + time.perf_counter() - built)
    try:
        _train(setup, folder, state, (stop, saving))
        if stop.received is None and state.stop != "signal":
            with raising_interrupt():
                return setup, finish(setup, state, folder)
    except KeyboardInterrupt:
        pass
    except DataError as error:
        save_checkpoint(folder.last, state)
        raise to_go_on(error, folder, state.step) from error
    if not folder.has_state:
        raise InterruptedEarly(None)
    raise Interrupted(folder.path, saving.step, state.total_steps)


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
    evaluator, in_time = _evaluator(setup, folder, log, state), []
    if setup.recipe.train.time is not None:
        in_time = [time_limit(setup, evaluator.every)]
    with reporter.training(per_epoch) as bar, stop.listening():
        fit_setup(
            setup,
            state,
            batches=timed,
            evaluator=evaluator,
            hooks=[
                log,
                _layer_statistics(setup, log, timed),
                *in_time,
                *_kept(setup, folder),
                *setup.session.own.hooks,
                stop,
                bar,
                saving,
            ],
        )


def _evaluator(
    setup: TrainingSetup, folder: RunFolder, log: MetricsLog, state: TrainState
) -> EvaluateRegularly:
    """Return the hook that evaluates, keeps the best weights, and stops early."""
    train = setup.recipe.train
    between, per_epoch = train.evaluate_every or 1.0, setup.batches.per_epoch
    if train.time is not None and setup.session.requested.train.evaluate_every is None:
        epochs = state.total_steps / per_epoch
        between = evaluation_interval(epochs, len(setup.splits.train))
    every = state.memory.setdefault(
        "evaluate_every", max(1, round(between * per_epoch))
    )
    known = first_evaluations(setup) if state.step == 0 else None
    return EvaluateRegularly(
        lambda model: evaluate_now(setup, model),
        lambda state: model_to_evaluate(setup, state),
        log,
        best=folder.best,
        every=int(every),
        patience=train.patience,
        select=metric_to_select(setup),
        keep_last=not setup.splits.held_out,
        at_start=bool(setup.recipe.transfer.solve),
        first=known,
    )


def _kept(setup: TrainingSetup, folder: RunFolder) -> list[KeepEpochs]:
    """Return the hook that keeps the weights of every epoch, if it is asked for."""
    if setup.recipe.train.keep is None:
        return []
    per_epoch = setup.batches.per_epoch
    model = partial(model_to_evaluate, setup)
    return [KeepEpochs(folder.epochs, per_epoch, model)]


def _layer_statistics(
    setup: TrainingSetup, log: MetricsLog, timed: TimedBatches
) -> LayerRecorder:
    """Return the hook that writes statistics of the layers beside the losses.

    It acts once per epoch, or less often where epochs are short: it takes as long as a
    step, and a dozen of them tell how a run went.
    """
    per_epoch = setup.batches.per_epoch
    planned = round((setup.recipe.train.epochs or UNPLANNED_EPOCHS) * per_epoch)
    marked = 0.0
    processor = CpuUsage(torch.get_num_threads())

    def write(state: TrainState, statistics: LayerStatistics) -> None:
        nonlocal marked
        waited, marked = timed.seconds - marked, timed.seconds
        spent = {"data_seconds": waited, "busy": processor.busy()}
        log.write(state, "layers", **summarize_statistics(statistics), **spent)

    return LayerRecorder(max(per_epoch, min(_APART, planned // _LOOKS), 1), write)
