"""Make a run longer than it was planned: other epochs, or another time limit."""

from collections.abc import Callable

from trainwell.core.errors import RunError
from trainwell.recipes import Recipe, seconds
from trainwell.runs.folder._folder import RunFolder
from trainwell.training import TrainState

LENGTHS = ("train.epochs", "train.time")
"""The keys that a resumed run may change."""


def of_another_length(saved: Recipe, requested: Recipe) -> Recipe:
    """Return the saved recipe with the length that is requested, if one is.

    Example:
        >>> saved, more = (Recipe(train={"epochs": n}) for n in (3, 9))
        >>> of_another_length(saved, more).train.epochs
        9.0
    """
    epochs, time = requested.train.epochs, requested.train.time
    if epochs is None and time is None:
        return saved
    train = saved.train.model_copy(update={"epochs": epochs, "time": time})
    return saved.model_copy(update={"train": train})


def plan_again(
    state: TrainState,
    recipe: Recipe,
    per_epoch: int,
    folder: RunFolder,
    say: Callable[[str], None],
) -> None:
    """Give the state the length of the recipe; the schedule follows it.

    Raises:
        RunError: If the run is longer already.
    """
    train = recipe.train
    if train.epochs is not None:
        steps, length = round(train.epochs * per_epoch), f"{train.epochs:g} epochs"
    else:
        pace = state.step / max(state.seconds, 1e-9)
        steps, length = round(seconds(train.time or "") * pace), str(train.time)
    if steps <= state.step:
        raise RunError(
            f"{folder.path} was trained for {state.step / per_epoch:.4g} epochs in "
            f"{state.seconds:.0f} s already; `trainwell finish {folder.path}` makes "
            "its model, or ask for more."
        )
    for name in ("replanned_step", "replanned_progress", "evaluated_step"):
        state.memory.pop(name, None)
    state.total_steps, state.stop = steps, ""
    say(
        f"The run is now {length} long: the learning rate goes on as if it had been "
        "planned so, which may raise it."
    )
