"""The importance of each searched field for the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

    from trainwell.tuning import Space, Trial, Value


_FEW = 6  # trials, below which nothing is reported


def importance(trials: Sequence[Trial], space: Space) -> dict[str, float]:
    """Return the fraction of the variance explained by each field, from coarse trials.

    The result is empty for too few trials.

    By Optuna's fANOVA: the variance of a forest fitted to the scores, split by field.

    Args:
        trials: All trials.
        space: Search space.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    shown = [t for t in trials if t.spec.stage == "coarse" and t.state == "complete"]
    if len(shown) < _FEW or len({t.score for t in shown}) == 1 or len(space) < 2:
        return {}
    ranges = {
        name: _distribution([t.spec.point.get(name) for t in shown]) for name in space
    }
    known = {name: found for name, found in ranges.items() if found is not None}
    if len(known) < 2:
        return {}
    study = optuna.create_study(direction="maximize")
    for trial in shown:
        point = {name: trial.spec.point[name] for name in known}
        study.add_trial(
            optuna.create_trial(params=point, distributions=known, value=trial.score)
        )
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    return dict(optuna.importance.get_param_importances(study, evaluator=evaluator))


def _distribution(values: Sequence[Value | None]) -> BaseDistribution | None:
    """Return what the values were drawn from; None if some have none, or all one."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    known = [value for value in values if value is not None]
    if len(known) < len(values) or len(set(known)) < 2:
        return None
    numbers = [value for value in known if not isinstance(value, str)]
    if len(numbers) < len(known):
        return CategoricalDistribution(sorted(set(map(str, known))))
    return FloatDistribution(min(numbers), max(numbers), log=min(numbers) > 0)
