"""The reports on the searches of tuning, and on the curves of the best trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainwell.core.plural import plural
from trainwell.report._scored_by import ACCURACY, ScoredBy
from trainwell.report._step_reports import StepReport

if TYPE_CHECKING:
    from trainwell.tuning import Coarse, Reading, Refined, Trial


def report_coarse_search(found: Coarse, by: ScoredBy = ACCURACY) -> StepReport:
    """Return the report on step 4.

    Args:
        found: Result of the step.
        by: Metric that trials are compared by.

    Example:
        >>> from trainwell.tuning import Coarse, Trial, TrialSpec
        >>> spec = TrialSpec("coarse", "default", {"lr": 0.1}, epochs=2.0)
        >>> report_coarse_search(Coarse((Trial(0, spec, 0.8, (), "complete"),))).text
        '1 trial of 2 epochs; the recipe as it is reached 0.800. The recipe as ...'
    """
    best, default = found.best, found.default
    failed = sum(t.state == "failed" for t in found.trials)
    lost = f" {failed} failed (loss not finite)." if failed else ""
    verdict = (
        "The recipe as it is was best."
        if best.number == default.number
        else f"Best: {describe_point(best)} with {by.text(best.score)}."
    )
    reached = f"reached {by.text(default.score)}"
    if default.state == "failed":
        reached = "failed"
    text = (
        f"{_trials(len(found.trials))} of {default.spec.epochs:.2g} epochs; the "
        f"recipe as it is {reached}. {verdict}{lost}"
        f"{_compared(found, by)}"
    )
    return StepReport(4, "coarse search", found.passed, text)


def _compared(found: Coarse, by: ScoredBy) -> str:
    drawn, grid = found.of("random"), found.of("grid")
    count = min(len(drawn), len(grid))
    if not count:
        return ""
    first, second = (max(t.score for t in part[:count]) for part in (drawn, grid))
    return (
        f" With {_trials(count)} each, random points reached {by.text(first)} and "
        f"the grid {by.text(second)}."
    )


def report_refined_search(
    found: Refined, rounds: Sequence[int], by: ScoredBy = ACCURACY
) -> StepReport:
    """Return the report on step 5 or step 7: the rounds of these numbers.

    Args:
        found: Result of the steps.
        rounds: Numbers of the rounds, from 1.
        by: Metric that trials are compared by.

    Example:
        >>> from trainwell.tuning import Refined
        >>> report_refined_search(Refined({}, ()), rounds=[1]).passed
        False
    """
    first = rounds[0] == 1
    title = "finer search" if first else "finer still"
    number = 5 if first else 7
    chosen = [found.rounds[i - 1] for i in rounds if i <= len(found.rounds)]
    trials = [t for r in chosen for t in r.trials]
    complete = [t for t in trials if t.state == "complete"]
    if not complete:
        text = "no trial finished: there was no time, or no loss was finite."
        return StepReport(number, title, False, text)
    best = max(complete, key=lambda t: (t.score, -t.number))
    given_up = sum(t.state == "pruned" for t in trials)
    spared = f", {given_up} of them given up early" if given_up else ""
    text = (
        f"{_trials(len(trials))} of {best.spec.epochs:.2g} epochs at a constant "
        f"learning rate{spared}, round {' and '.join(map(str, rounds))}. "
        f"Best: {describe_point(best)} with {by.text(best.score)}."
    )
    return StepReport(number, title, True, text)


def report_curves(found: Reading) -> StepReport:
    """Return the report on step 6.

    Example:
        >>> from trainwell.tuning import Reading, Trial, TrialSpec
        >>> spec = TrialSpec("coarse", "default", {"lr": 0.1}, epochs=2.0)
        >>> trial = Trial(0, spec, 0.8, (), "complete")
        >>> report_curves(Reading(trial, "fits well", "It fits well.")).line
        'Step 6 pass  curves of the best trial: It fits well.'
    """
    return StepReport(6, "curves of the best trial", found.passed, found.text)


def _trials(count: int) -> str:
    return f"{count} {plural(count, 'trial')}"


def describe_point(trial: Trial) -> str:
    """Return the values of a trial as text."""
    point = trial.spec.point.items()
    return ", ".join(
        f"{key}={value if isinstance(value, str) else f'{value:.3g}'}"
        for key, value in point
    )
