"""The verdict: the best and the default again, with seeds that chose neither."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.report import (
    ACCURACY,
    ScoredBy,
    StepReport,
    describe_gain,
    describe_mean,
)
from trainwell.runs.tuning._plan import Plan
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import (
    FAILED,
    Coarse,
    Gain,
    Point,
    Refined,
    Trial,
    TrialSpec,
    measure_gain,
)


@dataclass(frozen=True)
class Verdict:
    """What the repeats say.

    Attributes:
        points: What was repeated, by name; `default` first.
        trials: All repeats.
        gains: Of every other over the default.
        winner: The name of the one to use: the default unless a gain is beyond noise.
        report: The verdict in words.
    """

    points: dict[str, Point]
    trials: tuple[Trial, ...]
    gains: dict[str, Gain]
    winner: str
    report: StepReport

    def scores(self, name: str) -> tuple[float, ...]:
        """Return the scores of one that was repeated."""
        return scores_of(self.trials, name)


def scores_of(trials: Sequence[Trial], name: str) -> tuple[float, ...]:
    """Return the scores of the repeats of one of the candidates.

    One that failed counts as an accuracy of 0, or as twice the largest error.
    """
    worst = min([0.0, *(2 * t.score for t in trials if t.score != FAILED)])
    return tuple(
        worst if t.score == FAILED else t.score for t in trials if t.spec.origin == name
    )


def candidates(coarse: Coarse, refined: Refined) -> dict[str, Point]:
    """Return what is worth repeating: the default, the best of each search."""
    found = {"default": coarse.default.spec.point}
    for name, best in (("coarse best", coarse.best), ("finer best", refined.best)):
        if best is not None and best.spec.point not in found.values():
            found[name] = best.spec.point
    return found


def repeat(
    store: Store,
    worker: Worker,
    points: dict[str, Point],
    first: int,
    plan: Plan,
    by: ScoredBy = ACCURACY,
) -> Verdict:
    """Train each candidate with other seeds, as a whole training would, and compare.

    Args:
        store: The study.
        worker: Does the trials.
        points: The candidates.
        first: Number of the first repeat.
        plan: How many seeds, how long.
        by: Metric that trials are compared by.
    """
    names = list(points)
    if len(names) == 1:
        text = "no trial was better than the recipe as it is: keep it."
        return Verdict(points, (), {}, "default", StepReport(8, "gain", False, text))

    def propose(number: int, finished: Sequence[Trial]) -> TrialSpec:
        seed, place = divmod(number - first, len(names))
        name = names[place]
        return TrialSpec(
            "repeat", name, points[name], plan.repeat_epochs, seed=seed + 1
        )

    trials = store.work(range(first, first + plan.seeds * len(names)), propose, worker)
    return reach_verdict(points, trials, by)


def reach_verdict(
    points: dict[str, Point], trials: Sequence[Trial], by: ScoredBy = ACCURACY
) -> Verdict:
    """Choose the candidate to use: not the default only if its gain is proven."""
    base = scores_of(trials, "default")
    others = [n for n in points if n != "default" and len(scores_of(trials, n)) > 1]
    if len(base) < 2 or not others:
        text = "there was no time for repeats, so no gain is shown: keep the default."
        return Verdict(
            points, tuple(trials), {}, "default", StepReport(8, "gain", False, text)
        )
    gains = {n: measure_gain(scores_of(trials, n), base, len(others)) for n in others}
    proven = [n for n in others if gains[n].beyond_noise]
    best = max(proven or others, key=lambda n: gains[n].mean)
    winner = best if proven else "default"
    gains_text = " ".join(
        describe_gain(n, scores_of(trials, n), base, gains[n], by) for n in others
    )
    end = (
        f"Use the {winner}: {describe_mean(scores_of(trials, winner), by)}."
        if proven
        else "Keep the default: what looked better was within the noise of the seeds."
    )
    report = StepReport(8, "gain", bool(proven), f"{end} {gains_text}")
    return Verdict(points, tuple(trials), gains, winner, report)
