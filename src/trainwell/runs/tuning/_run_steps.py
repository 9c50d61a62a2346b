"""Steps 1 to 7 and the verdict, in order, each said as soon as it is known."""

from collections.abc import Sequence
from dataclasses import asdict

from trainwell.recipes import point_of, search_space
from trainwell.report import (
    StepReport,
    report_coarse_search,
    report_curves,
    report_refined_search,
)
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.tuning._plan import Plan, TimingEstimate, make_plan
from trainwell.runs.tuning._population import MEMBERS, num_rounds, population_search
from trainwell.runs.tuning._repeats import candidates, repeat
from trainwell.runs.tuning._steps import (
    step_initial_loss,
    step_overfit,
    step_rate,
)
from trainwell.runs.tuning._trial import train_trial
from trainwell.runs.tuning._types import StepFindings, TuneOptions
from trainwell.runs.tuning.storage._restored import restored
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import (
    Coarse,
    Point,
    Refined,
    Space,
    Stage,
    Trial,
    TrialSpec,
    coarse_search,
    read_curves,
    refine_search,
)

_KEPT = 0.7  # of the planned time of later stages, what a stage must leave them


def run_steps(
    search: SearchSession, store: Store, timing: TimingEstimate, options: TuneOptions
) -> StepFindings:
    """Do all steps that are not done yet; return what each found.

    Raises:
        RunError: If nothing can be learned, or nothing can be found in the time.
        Interrupted: If Ctrl-C or SIGTERM came; all finished trials are kept.
    """
    reports: list[StepReport] = []

    def say(report: StepReport) -> None:
        reports.append(report)
        search.reporter.say(report.line)

    initial, report = step_initial_loss(search, store)
    say(report)
    overfit, report = step_overfit(search, store)
    say(report)
    rate, report = step_rate(search, store, timing.steps(search.clock.budget))
    say(report)
    full = search.recipe.train.epochs or 1.0
    planned = store.once(
        "plan",
        lambda: asdict(
            make_plan(timing, search.clock.budget, search.clock.spent, full)
        ),
    )
    plan = restored(Plan, planned, "plan")
    search.reporter.say(f"Plan: {plan.description}")
    rates = [rate.rate] if rate.passed else []
    space = search_space(search.recipe, options.keys, rates, search.at)
    worker = _worker(search, plan, timing, options, space)
    default = point_of(search.recipe, space)
    if options.sampler == "population":
        coarse, refined = population_search(search, store, space, default, plan)
    else:
        coarse, refined = _trials(search, store, worker, default, plan, options)
    say(report_coarse_search(coarse, search.scored_by))
    say(report_refined_search(refined, [1], search.scored_by))
    reading = read_curves(refined.best or coarse.best, **search.judged_by)
    say(report_curves(reading))
    if len(refined.rounds) > 1:
        later = range(2, len(refined.rounds) + 1)
        say(report_refined_search(refined, later, search.scored_by))
    first = plan.coarse + plan.rounds * plan.refine
    if options.sampler == "population":
        first = num_rounds(plan) * MEMBERS
    points = candidates(coarse, refined)
    verdict = repeat(store, worker, points, first, plan, search.scored_by)
    say(verdict.report)
    return StepFindings(
        initial, overfit, rate, plan, space, coarse, refined, reading, verdict,
        tuple(reports),
    )  # fmt: skip


def _worker(
    search: SearchSession,
    plan: Plan,
    timing: TimingEstimate,
    options: TuneOptions,
    space: Space,
) -> Worker:
    """Return how trials are done, as long as there is time for those that follow."""
    took: list[float] = []  # seconds of each complete trial
    planned: list[float] = []

    def train(number: int, spec: TrialSpec, finished: Sequence[Trial]) -> Trial:
        pruner = options.pruner if spec.stage.startswith("refine") else "none"
        start = search.clock.spent
        trial = train_trial(search, number, spec, finished, pruner)
        if trial.state == "complete":
            took.append(search.clock.spent - start)
            planned.append(timing.seconds(spec.epochs))
        return trial

    def afford(spec: TrialSpec) -> bool:
        slower = sum(took) / sum(planned) if took else 1.0
        seconds = max(1.0, slower) * timing.seconds(spec.epochs)
        later = _KEPT * plan.reserve(spec.stage, timing)
        return seconds + later <= search.clock.useful

    return Worker(train, afford, space)


def _trials(  # noqa: PLR0913
    search: SearchSession,
    store: Store,
    worker: Worker,
    default: Point,
    plan: Plan,
    options: TuneOptions,
) -> tuple[Coarse, Refined]:
    """Steps 4, 5 and 7 by trials that do not know each other's weights."""
    seed, space = search.recipe.seed, worker.space
    stage = Stage(0, plan.coarse, plan.coarse_epochs, seed, options.sampler)
    coarse = coarse_search(
        lambda numbers, propose: store.work(numbers, propose, worker),
        default,
        space,
        stage,
    )
    stage = Stage(plan.coarse, plan.refine, plan.refine_epochs, seed, options.sampler)
    refined = refine_search(
        lambda numbers, propose: store.work(numbers, propose, worker),
        coarse.best.spec.point,
        space,
        stage,
        lambda number: number <= plan.rounds,
    )
    return coarse, refined
