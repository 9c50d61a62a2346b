"""Steps 1 to 7 and the verdict, in order, each said as soon as it is known."""

from collections.abc import Sequence
from dataclasses import asdict

from trainwell.recipes import point_of, search_space
from trainwell.runs.tuning._lab import Lab
from trainwell.runs.tuning._plan import Pace, Plan, make_plan
from trainwell.runs.tuning._population import MEMBERS, num_rounds, population_search
from trainwell.runs.tuning._repeats import candidates, repeat
from trainwell.runs.tuning._steps import (
    step_initial_loss,
    step_overfit,
    step_rate,
)
from trainwell.runs.tuning._trial import train_trial
from trainwell.runs.tuning._types import Story, Tuning
from trainwell.runs.tuning._words import Said, of_coarse, of_reading, of_refined
from trainwell.runs.tuning.storage._study import Store, Worker
from trainwell.tuning import (
    Coarse,
    Point,
    Proposal,
    Refined,
    Space,
    Stage,
    Tried,
    coarse_search,
    read_curves,
    refine_search,
)

_KEPT = 0.7  # of the planned time of later stages, what a stage must leave them


def search(lab: Lab, store: Store, pace: Pace, how: Tuning) -> Story:
    """Do all steps that are not done yet; return what each found.

    Raises:
        RunError: If nothing can be learned, or nothing can be found in the time.
        Interrupted: If Ctrl-C or SIGTERM came; all finished trials are kept.
    """
    said: list[Said] = []

    def say(one: Said) -> None:
        said.append(one)
        lab.reporter.say(one.line)

    initial, one = step_initial_loss(lab, store)
    say(one)
    overfit, one = step_overfit(lab, store)
    say(one)
    rate, one = step_rate(lab, store, pace.steps(lab.clock.budget))
    say(one)
    full = lab.recipe.train.epochs or 1.0
    plan = Plan(
        **store.once(
            "plan",
            lambda: asdict(make_plan(pace, lab.clock.budget, lab.clock.spent, full)),
        )
    )
    lab.reporter.say(f"Plan: {plan.words}")
    space = search_space(lab.recipe, how.keys, [rate.rate] if rate.passed else [])
    worker = _worker(lab, plan, pace, how, space)
    default = point_of(lab.recipe, how.keys)
    if how.sampler == "population":
        coarse, refined = population_search(lab, store, space, default, plan)
    else:
        coarse, refined = _trials(lab, store, worker, default, plan, how)
    say(of_coarse(coarse))
    say(of_refined(refined, [1]))
    reading = read_curves(refined.best or coarse.best, len(lab.splits.classes))
    say(of_reading(reading))
    if len(refined.rounds) > 1:
        say(of_refined(refined, range(2, len(refined.rounds) + 1)))
    first = plan.coarse + plan.rounds * plan.refine
    if how.sampler == "population":
        first = num_rounds(plan) * MEMBERS
    verdict = repeat(store, worker, candidates(coarse, refined), first, plan)
    say(verdict.said)
    return Story(
        initial, overfit, rate, plan, space, coarse, refined, reading, verdict,
        tuple(said),
    )  # fmt: skip


def _worker(lab: Lab, plan: Plan, pace: Pace, how: Tuning, space: Space) -> Worker:
    """Return how trials are done, as long as there is time for those that follow."""
    took: list[float] = []  # seconds of each complete trial
    planned: list[float] = []

    def train(number: int, proposal: Proposal, finished: Sequence[Tried]) -> Tried:
        pruner = how.pruner if proposal.stage.startswith("refine") else "none"
        start = lab.clock.spent
        tried = train_trial(lab, number, proposal, finished, pruner)
        if tried.state == "complete":
            took.append(lab.clock.spent - start)
            planned.append(pace.seconds(proposal.epochs))
        return tried

    def afford(proposal: Proposal) -> bool:
        slower = sum(took) / sum(planned) if took else 1.0
        seconds = max(1.0, slower) * pace.seconds(proposal.epochs)
        later = _KEPT * plan.reserve(proposal.stage, pace)
        return seconds + later <= lab.clock.useful

    return Worker(train, afford, space)


def _trials(  # noqa: PLR0913
    lab: Lab, store: Store, worker: Worker, default: Point, plan: Plan, how: Tuning
) -> tuple[Coarse, Refined]:
    """Steps 4, 5 and 7 by trials that do not know each other's weights."""
    seed, space = lab.recipe.seed, worker.space
    stage = Stage(0, plan.coarse, plan.coarse_epochs, seed, how.sampler)
    coarse = coarse_search(
        lambda numbers, propose: store.work(numbers, propose, worker),
        default,
        space,
        stage,
    )
    stage = Stage(plan.coarse, plan.refine, plan.refine_epochs, seed, how.sampler)
    refined = refine_search(
        lambda numbers, propose: store.work(numbers, propose, worker),
        coarse.best.proposal.point,
        space,
        stage,
        lambda number: number <= plan.rounds,
    )
    return coarse, refined
