"""The importance of each searched field for the scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainwell.tuning import Space, Trial


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
    ranges: dict[str, optuna.distributions.BaseDistribution] = {
        name: optuna.distributions.FloatDistribution(
            min(x.low, *(t.spec.point[name] for t in shown)),
            max(x.high, *(t.spec.point[name] for t in shown)),
            log=x.log,
        )
        for name, x in space.items()
    }
    study = optuna.create_study(direction="maximize")
    for trial in shown:
        point = dict(trial.spec.point)
        study.add_trial(
            optuna.create_trial(params=point, distributions=ranges, value=trial.score)
        )
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=0)
    return dict(optuna.importance.get_param_importances(study, evaluator=evaluator))
