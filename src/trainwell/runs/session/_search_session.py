"""A session that searches: it has a clock, a folder, and can be interrupted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from trainwell.core.errors import Interrupted
from trainwell.recipes import (
    SEARCHED_NAMES,
    DataStats,
    Recipe,
    choose,
    make_task,
    with_names,
    with_point,
)
from trainwell.report import ScoredBy
from trainwell.runs._clock import Clock
from trainwell.runs._reporter import Quiet, Reporter
from trainwell.runs.session._data_stats import data_stats
from trainwell.runs.session._judged_by import judged_by
from trainwell.runs.session._session import Session
from trainwell.runs.setup._setup import TrainingSetup, build_setup
from trainwell.runs.training._fit import fit_setup
from trainwell.schedules import Schedule
from trainwell.tasks import Task
from trainwell.training import Batches, Hook, StopOnSignal, TrainState
from trainwell.tuning import Value

_SETTLED = (
    "precision",
    "memory_format",
    "epochs",
    "evaluate_every",
    "threads",
    "select",
)


@dataclass(frozen=True)
class SearchSession:
    """Where the networks of a search are trained.

    Attributes:
        session: The data, the default recipe, the device and the reporter.
        clock: The time that was spent and the time that is left.
        stop: Whether Ctrl-C or SIGTERM came.
        path: The folder of the search, named in the message about an interruption.
    """

    session: Session
    clock: Clock
    stop: StopOnSignal
    path: Path

    @property
    def recipe(self) -> Recipe:
        """The default of the search, complete."""
        return self.session.recipe

    @property
    def reporter(self) -> Reporter:
        """Shows messages and progress."""
        return self.session.reporter

    @cached_property
    def task(self) -> Task:
        """What is predicted."""
        return make_task(self.recipe, self.session.splits)

    @property
    def scored_by(self) -> ScoredBy:
        """The metric that trials are compared by."""
        name = self.recipe.train.select or self.task.headline
        return ScoredBy(name, self.task.metrics[name].lower_is_better)

    @property
    def judged_by(self) -> dict[str, Any]:
        """By what curves are judged; see `judged_by`."""
        return judged_by(self.task, self.session.splits.train.targets)

    def at(self, point: Mapping[str, Value]) -> Recipe:
        """Return the recipe of a point: other names with the defaults that fit them.

        Precision, length and what concerns the data are those of the search.
        """
        names = {key: value for key, value in point.items() if key in SEARCHED_NAMES}
        recipe = self.recipe
        if with_names(recipe, names) is not recipe:
            requested = with_names(self.session.requested, names)
            recipe, _ = choose(requested, self._stats)
            train = recipe.train.model_copy(
                update={key: getattr(self.recipe.train, key) for key in _SETTLED}
            )
            recipe = recipe.model_copy(
                update={"train": train, "data": self.recipe.data}
            )
        return with_point(recipe, point)

    @cached_property
    def _stats(self) -> DataStats:
        return data_stats(self.session.splits, self.session.device)

    def setup(self, recipe: Recipe) -> TrainingSetup:
        """Return a network that starts as the recipe's seed says, with its batches."""
        return build_setup(self.session, recipe, Quiet())

    def fit(
        self,
        setup: TrainingSetup,
        state: TrainState,
        *,
        batches: Batches | None = None,
        schedule: Schedule | None = None,
        hooks: Sequence[Hook] = (),
    ) -> None:
        """Train as `fit_setup` does, until the end or a signal."""
        hooks = [self.stop, *hooks]
        fit_setup(setup, state, batches=batches, schedule=schedule, hooks=hooks)

    def check_stopped(self, done: int, total: int, unit: str) -> None:
        """Raise Interrupted if a signal came; all is saved."""
        if self.stop.received is not None:
            raise Interrupted(self.path, done, total, unit)
