"""Finish an interrupted run: make a model of the best weights that it has."""

from typing import Any

from trainwell.core.arguments import checked
from trainwell.core.errors import RunError
from trainwell.recipes import read_recipe, refuse_named_code
from trainwell.runs._argument_rules import RULES
from trainwell.runs._console import Console
from trainwell.runs._given_run import RunLike, folder_of
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._open_session import Source
from trainwell.runs.session._reopen_session import reopen_session
from trainwell.runs.setup._setup import TrainingSetup, build_setup
from trainwell.runs.training._evaluation import model_to_evaluate
from trainwell.runs.training._finish import finish
from trainwell.runs.training._fit import new_state
from trainwell.runs.training._train import Run
from trainwell.training import TrainState, load_checkpoint, save_tensors, snapshots


@checked(RULES)
def finish_run(
    run: RunLike,
    *,
    data: Source | None = None,
    allow_import: bool = False,
    reporter: Reporter | None = None,
) -> Run:
    """Make the model and the report of a run that was interrupted.

    The weights are those of the best evaluation so far. The run can still be resumed
    with a longer `train.epochs`.

    Args:
        run: The folder.
        data: Where the images lie now, if they moved; they must be those that the run
            began with. The run remembers the new place.
        allow_import: See `load_predictor`.
        reporter: Shows messages and progress; the terminal by default.

    Raises:
        RunError: If it is no run, or has not saved a state yet.
            The images of `data` are others.
        DataError: If the images are no longer there.

    Example:
        >>> tw.finish(run, reporter=Quiet()).summary["stopped_by"]
        'plan'
    """
    reporter, folder = reporter or Console(), folder_of(run)
    if folder.finished:
        if data is not None:
            reopen_session(folder, reporter, data=data)
        reporter.say(f"{folder.path} is finished already.")
        return Run(folder.path, folder.read_json(folder.summary))
    _refuse_without_state(folder)
    refuse_named_code(
        read_recipe(folder.recipe), folder.path, None, allow_import=allow_import
    )
    with folder.locked(reporter.warn):
        session = reopen_session(folder, reporter, decode="ahead", data=data)
        setup = build_setup(session, fresh=False)
        state = new_state(setup, 1)
        load_checkpoint(folder.last, state, reporter.warn)
        _keep_weights(setup, state, folder)
        state.stop = state.stop or "finish"
        summary: dict[str, Any] = finish(setup, state, folder)
    return Run(folder.path, summary)


def _refuse_without_state(folder: RunFolder) -> None:
    if not folder.recipe.exists():
        raise RunError(f"{folder.path} is not the folder of a run.")
    if folder.members.exists():
        raise RunError(
            f"{folder.path} trains several networks; finish one of them, such as "
            f"{folder.members}/0, or combine those that are finished with `trainwell "
            "ensemble`."
        )
    if not folder.has_state:
        raise RunError(
            f"{folder.path} has saved no state yet; there is nothing to finish."
        )


def _keep_weights(setup: TrainingSetup, state: TrainState, folder: RunFolder) -> None:
    """Take the weights as they are where nothing was evaluated yet."""
    kind = setup.recipe.ensemble.kind
    if kind in ("snapshots", "soup") and not snapshots(state):
        raise RunError(f"{folder.path} has no snapshot yet; resume it instead.")
    if "best_step" not in state.memory or not folder.best.exists():
        save_tensors(folder.best, model_to_evaluate(setup, state).state_dict())
        state.memory["best_step"] = state.step
