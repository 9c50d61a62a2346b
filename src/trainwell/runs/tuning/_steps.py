"""Steps 1 to 3 on real data: initial loss, overfitting a few batches, learning rate."""

from dataclasses import asdict
from typing import Any

from trainwell.core.errors import RunError
from trainwell.diagnose import InitialLoss
from trainwell.report import StepReport, report_initial_loss, report_lr, report_overfit
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._trainer import (
    first_loss,
    learner,
    with_few,
    without_regularization,
)
from trainwell.runs.tuning.storage._restored import restored
from trainwell.runs.tuning.storage._study import Store
from trainwell.tuning import (
    ChosenLr,
    Overfit,
    check_initial_loss,
    choose_lr,
    lr_range_test,
    overfit,
)

BATCHES, _BATCH = 5, 32
_NEARLY = 0.95  # of a quality that is no share of right answers
_FIRST = 0.15  # of the budget, after which no further rate is tried
_LOW, _HIGH = 1e-3, 1e2  # of the range test, times the recipe's own rate


def step_initial_loss(
    search: SearchSession, store: Store
) -> tuple[InitialLoss, StepReport]:
    """Step 1; see `tune.check_initial_loss`."""
    classes = search.judged_by["num_classes"]

    def make() -> Any:  # noqa: ANN401
        known = search.recipe.loss.name == "cross_entropy"
        return asdict(
            check_initial_loss(
                lambda decayed: first_loss(search, decayed), classes, known=known
            )
        )

    found = restored(InitialLoss, store.once("step 1", make), "step 1")
    return found, report_initial_loss(found, classes)


def step_overfit(search: SearchSession, store: Store) -> tuple[Overfit, StepReport]:
    """Step 2; see `tune.overfit`.

    Raises:
        RunError: If nothing is learned at any rate, so that no search can help.
    """
    size = min(_BATCH, search.recipe.train.batch_size or _BATCH)
    size = max(1, min(size, len(search.session.splits.train) // BATCHES))
    few = with_few(search, BATCHES * size)
    recipe = without_regularization(search.recipe, size)
    own, task = search.recipe.optimizer.lr or 1.0, search.task
    enough = 1.0 if task.metrics[task.quality].is_fraction else _NEARLY

    def make() -> Any:  # noqa: ANN401
        rates = (own, own / 10, own * 10)
        return asdict(
            overfit(
                lambda: learner(few, recipe),
                rates,
                batches=BATCHES,
                passes=40,
                enough=enough,
            )
        )

    found = restored(Overfit, store.once("step 2", make), "step 2")
    said = report_overfit(found, BATCHES, BATCHES * size, task.quality)
    if found.last.cause in ("stuck", "not finite"):
        raise RunError(f"{said.line} Searching further would be a waste of time.")
    return found, said


def step_rate(
    search: SearchSession, store: Store, steps: int
) -> tuple[ChosenLr, StepReport]:
    """Step 3; see `tune.lr_range_test` and `tune.choose_lr`."""
    own = search.recipe.optimizer.lr or 1.0

    def make() -> Any:  # noqa: ANN401
        test = lr_range_test(
            learner(search, search.recipe),
            low=_LOW * own,
            high=_HIGH * own,
            steps=steps,
        )
        return asdict(
            choose_lr(
                lambda: learner(search, search.recipe),
                test,
                own,
                steps,
                lambda: search.clock.spent < _FIRST * search.clock.budget,
            )
        )

    found = restored(ChosenLr, store.once("step 3", make), "step 3")
    return found, report_lr(found, own)
