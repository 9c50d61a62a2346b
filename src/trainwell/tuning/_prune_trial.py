"""Pruning of trials: stop a trial that is far behind the others.

    halving    at evaluations 1, 2, 4, ..: continue with the better half of the trials
               so far (asynchronous successive halving)
    median     below the median of the others at the same evaluation, from the second on

Use: halving for many short trials, median for few long ones.
Side effects: trials that learn slowly at first are stopped, such as low rates.
Source: Li et al., "A System for Massively Parallel Hyperparameter Tuning", 2020,
section 3, https://arxiv.org/abs/1810.05934; Golovin et al., "Google Vizier", 2017,
section 3.2; by Optuna's pruners, which receive the earlier trials.
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core import checks
from trainwell.tuning._trial import Trial

PRUNERS = ("none", "halving", "median")
_OTHERS = 4  # trials before the median counts
_FACTOR = 2


def should_prune(scores: Sequence[float], others: Sequence[Trial], pruner: str) -> bool:
    """Return whether to stop a trial after its last evaluation.

    Args:
        scores: Scores of the trial, one per evaluation so far.
        others: Earlier trials of the same stage.
        pruner: `none`, `halving` or `median`.

    Raises:
        ValueError: If the pruner is none of these.

    Example:
        >>> spec = TrialSpec("refine 1", "random", {"lr": 0.1}, epochs=2.0)
        >>> curve = ({"val_accuracy": 0.8}, {"val_accuracy": 0.9})
        >>> others = [Trial(i, spec, 0.9, curve, "complete") for i in range(5)]
        >>> should_prune([0.2, 0.3], others, "median")
        True
        >>> should_prune([0.8, 0.95], others, "median")
        False
    """
    checks.one_of("pruner", pruner, PRUNERS)
    if pruner == "none" or not scores:
        return False
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    rule: Any = (
        optuna.pruners.SuccessiveHalvingPruner(
            min_resource=1, reduction_factor=_FACTOR, min_early_stopping_rate=0
        )
        if pruner == "halving"
        else optuna.pruners.MedianPruner(n_startup_trials=_OTHERS, n_warmup_steps=2)
    )
    study = optuna.create_study(direction="maximize", pruner=rule)
    for other in sorted(others, key=lambda t: t.number):
        if other.scores:
            shown, _ = _show(study, other.scores)
            study.tell(shown, other.scores[-1])
    _, behind = _show(study, scores)
    return behind


def _show(study: Any, scores: Sequence[float]) -> tuple[Any, bool]:  # noqa: ANN401
    trial, behind = study.ask(), False
    for number, score in enumerate(scores, 1):
        trial.report(score, number)
        behind = bool(trial.should_prune())
    return trial, behind
