"""Steps 1 to 3 on real data: initial loss, a few batches by heart, the rate."""

from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import TypeAdapter

from trainwell.core.errors import RunError
from trainwell.runs.tuning._lab import Lab
from trainwell.runs.tuning._trainee import bare, first_loss, learner
from trainwell.runs.tuning._words import Said, of_initial, of_overfit, of_rate
from trainwell.runs.tuning.storage._study import Store
from trainwell.tuning import (
    ChosenRate,
    InitialLoss,
    Overfit,
    check_initial_loss,
    choose_rate,
    overfit,
    rate_range,
)

T = TypeVar("T")

BATCHES, _BATCH = 5, 32
_FIRST = 0.15  # of the budget, after which no further rate is tried
_LOW, _HIGH = 1e-3, 1e2  # of the range test, times the recipe's own rate


def restored(kind: type[T], value: Any) -> T:  # noqa: ANN401
    """Return the dataclass that `asdict` and JSON made a tree of."""
    found: T = TypeAdapter(kind).validate_python(value)
    return found


def step_initial_loss(lab: Lab, store: Store) -> tuple[InitialLoss, Said]:
    """Step 1; see `tune.check_initial_loss`."""
    classes = len(lab.splits.classes)

    def make() -> Any:  # noqa: ANN401
        known = lab.recipe.loss.name == "cross_entropy"
        return asdict(
            check_initial_loss(
                lambda decayed: first_loss(lab, decayed), classes, known=known
            )
        )

    found = restored(InitialLoss, store.once("step 1", make))
    return found, of_initial(found, classes)


def step_overfit(lab: Lab, store: Store) -> tuple[Overfit, Said]:
    """Step 2; see `tune.overfit`.

    Raises:
        RunError: If nothing is learned at any rate, so that no search can help.
    """
    size = min(_BATCH, lab.recipe.train.batch_size or _BATCH)
    size = max(1, min(size, len(lab.splits.train) // BATCHES))
    few = lab.with_few(BATCHES * size)
    recipe = bare(lab.recipe, size)
    own = lab.recipe.optimizer.lr or 1.0

    def make() -> Any:  # noqa: ANN401
        rates = (own, own / 10, own * 10)
        return asdict(
            overfit(lambda: learner(few, recipe), rates, batches=BATCHES, passes=40)
        )

    found = restored(Overfit, store.once("step 2", make))
    said = of_overfit(found, BATCHES, BATCHES * size)
    if found.last.cause in ("stuck", "not finite"):
        raise RunError(f"{said.line} Searching further would be a waste of time.")
    return found, said


def step_rate(lab: Lab, store: Store, steps: int) -> tuple[ChosenRate, Said]:
    """Step 3; see `tune.rate_range` and `tune.choose_rate`."""
    own = lab.recipe.optimizer.lr or 1.0

    def make() -> Any:  # noqa: ANN401
        test = rate_range(
            learner(lab, lab.recipe), low=_LOW * own, high=_HIGH * own, steps=steps
        )
        return asdict(
            choose_rate(
                lambda: learner(lab, lab.recipe),
                test,
                own,
                steps,
                lambda: lab.clock.spent < _FIRST * lab.clock.budget,
            )
        )

    found = restored(ChosenRate, store.once("step 3", make))
    return found, of_rate(found, own)
