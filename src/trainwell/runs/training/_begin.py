"""How a run begins, or goes on: what its folder keeps, and the state to train from."""

from trainwell.core.device import describe
from trainwell.core.errors import RunError
from trainwell.core.files import write_atomically
from trainwell.recipes import (
    Recipe,
    read_recipe,
    seconds,
    warmup_steps,
    write_recipe,
)
from trainwell.runs.folder._environment import warn_of_another_machine
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._data_identity import refuse_other_data
from trainwell.runs.session._session import Session
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._fit import new_state
from trainwell.runs.training._longer import of_another_length, plan_again
from trainwell.training import TrainState, load_checkpoint, load_tensors

UNPLANNED_EPOCHS = 20
"""A first guess under a time limit, which the first epoch corrects."""


def begin(folder: RunFolder, recipe: Recipe, session: Session) -> None:
    """Write what the run starts from, or check it against what it started from."""
    if folder.started:
        began = folder.read_origin()
        refuse_other_data(folder.path, began, session.splits, session.source)
        warn_of_another_machine(folder, session.reporter)
        return
    folder.write_json(folder.origin, session.origin)
    folder.write_json(folder.environment, describe())
    folder.recipe.write_text(write_recipe(recipe), "utf-8")


def begun_state(setup: TrainingSetup, folder: RunFolder) -> TrainState:
    """Return the state that training begins with, or that the folder holds."""
    reporter = setup.session.reporter
    recipe = setup.recipe
    epochs = recipe.train.epochs or planned_epochs(setup)
    state = new_state(setup, max(1, round(epochs * setup.batches.per_epoch)))
    if warmup_steps(recipe) >= state.total_steps:
        reporter.warn(
            f"schedule.warmup={warmup_steps(recipe)} steps are longer than the run of "
            f"{state.total_steps}: the learning rate never reaches its own value. Give "
            "fewer, or a share such as schedule.warmup=0.1."
        )
    if folder.has_state:
        load_checkpoint(folder.last, state, reporter.warn)
        saved = read_recipe(folder.recipe)
        longer = of_another_length(saved, recipe)
        if longer != saved:
            plan_again(state, recipe, setup.batches.per_epoch, folder, reporter.say)
            for path in (folder.summary, folder.metadata):  # of the shorter run
                path.unlink(missing_ok=True)
            write_atomically(folder.recipe, write_recipe(longer).encode())
        reporter.say(f"Going on from step {state.step} of {state.total_steps}.")
    if "best_step" in state.memory:
        try:
            load_tensors(folder.best)
        except RunError as error:
            reporter.warn(f"{error} The best of the evaluations to come is taken.")
            for key in ("best_step", "best_score", "kept_loss", "evaluated_step"):
                state.memory.pop(key, None)
    return state


def planned_epochs(setup: TrainingSetup) -> float:
    """Return the epochs that the time limit allows, judged by the timed steps."""
    limit = seconds(setup.recipe.train.time or "")
    if not setup.timings:
        return UNPLANNED_EPOCHS
    images = max(setup.timings.values()) * max(limit - setup.seconds, 1.0)
    return images / (setup.batches.per_epoch * setup.batches.batch_size)
