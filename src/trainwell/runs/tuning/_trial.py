"""One trial of a search: train a network for some epochs and watch its curves."""

import math
from collections.abc import Sequence

from torch import Tensor

from trainwell.core.errors import DivergedError, Interrupted, UserError
from trainwell.core.keyed import derived_seed
from trainwell.core.progress import Advance
from trainwell.recipes import Recipe
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.runs.training._evaluation import curve_line
from trainwell.runs.training._fit import new_state
from trainwell.training import Batch, Hook, TrainState
from trainwell.tuning import FAILED, Trial, TrialSpec, should_prune

_MOST = 8  # evaluations of a trial


def evaluations(epochs: float) -> int:
    """Return how often a trial of this length is evaluated."""
    return min(_MOST, max(2, math.ceil(epochs)))


def repeat_seed(recipe: Recipe, number: int) -> int:
    """Return the seed of a repeat; of number 0, the recipe's own."""
    if number == 0:
        return recipe.seed
    return derived_seed(recipe.seed, number, "repeat")


def trial_recipe(search: SearchSession, spec: TrialSpec) -> Recipe:
    """Return the recipe of a trial."""
    recipe = search.at(spec.point)
    train = recipe.train.model_copy(update={"epochs": spec.epochs})
    recipe = recipe.model_copy(
        update={"train": train, "seed": repeat_seed(recipe, spec.seed)}
    )
    if spec.decays:
        return recipe
    constant = type(recipe.schedule)(name="constant")
    return recipe.model_copy(update={"schedule": constant})


def train_trial(
    search: SearchSession,
    number: int,
    spec: TrialSpec,
    others: Sequence[Trial],
    pruner: str,
) -> Trial:
    """Train a trial to its end, or until it falls behind the others of its stage.

    Args:
        search: Where.
        number: Of the trial.
        spec: What it is.
        others: Finished trials.
        pruner: When it counts as behind; see `tune.should_prune`.

    Raises:
        Interrupted: If Ctrl-C or SIGTERM came.
    """
    try:
        setup = search.setup(trial_recipe(search, spec))
    except UserError:
        if spec.origin == "default":
            raise
        return Trial(
            number, spec, FAILED, (), "failed"
        )  # names that do not go together
    steps = max(1, round(spec.epochs * setup.batches.per_epoch))
    state = new_state(setup, steps)
    same = [t for t in others if t.spec.stage == spec.stage]
    name = f"Trial {number} ({spec.stage}, {spec.epochs:.3g} epochs)"
    failed = False
    with search.reporter.progress(name, steps) as advance:
        curve = _RecordCurve(
            search, setup, advance, (same, pruner), evaluations(spec.epochs)
        )
        try:
            search.fit(setup, state, hooks=[curve])
        except DivergedError:
            failed = True
    if state.stop == "signal":
        raise Interrupted(search.path, state.step, state.total_steps, "trial step")
    score = FAILED if failed or not curve.lines else curve.lines[-1]["score"]
    reason = "failed" if failed else state.stop or "complete"
    return Trial(number, spec, score, tuple(curve.lines), reason)


class _RecordCurve(Hook):
    """Evaluates now and then, and prunes a trial that is behind."""

    def __init__(
        self,
        search: SearchSession,
        setup: TrainingSetup,
        advance: Advance,
        race: tuple[Sequence[Trial], str],
        count: int,
    ) -> None:
        self.search, self.setup, self.advance = search, setup, advance
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
        self.search.clock.note()
        if state.step not in self.marks or state.stop:
            return
        epoch = state.step / self.setup.batches.per_epoch
        line = curve_line(self.setup, state.model)
        self.lines.append({"epoch": epoch, "loss": float(loss), **line})
        scores = [line["score"] for line in self.lines]
        if state.step < state.total_steps and should_prune(
            scores, self.others, self.pruner
        ):
            state.stop = "pruned"
