"""How a budget is spent."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.tuning._plan import CANDIDATES, TimingEstimate, make_plan
from trainwell.runs.tuning._trial import evaluations

PACE = TimingEstimate(step=0.1, per_epoch=10, evaluation=0.2, setup=0.5)


def test_what_a_trial_takes_by_hand():
    assert [evaluations(e) for e in (0.3, 1, 2, 5, 20)] == [2, 2, 2, 5, 8]
    assert PACE.seconds(5) == pytest.approx(0.5 + 5 + 5 * 0.2)
    assert PACE.epochs(0.5 + 5 * (1 + 0.2) + 2 * 0.2) == pytest.approx(5)
    for epochs in (0.3, 1.0, 3.0, 7.5, 30.0):
        assert PACE.seconds(PACE.epochs(10 * epochs)) <= 10 * epochs + 1e-9


@pytest.mark.parametrize("budget", [120, 300, 1000, 3600, 20000])
def test_a_plan_fits_into_nine_tenths_of_the_budget(budget):
    plan = make_plan(PACE, budget, 0.1 * budget, full=24)
    assert plan.seconds <= 0.8 * budget * 1.02
    if budget <= 1000:
        assert plan.seconds >= 0.55 * budget
    slow = (
        plan.coarse * PACE.seconds(plan.coarse_epochs)
        + plan.rounds * plan.refine * PACE.seconds(plan.refine_epochs)
        + plan.seeds * CANDIDATES * PACE.seconds(plan.repeat_epochs)
        + PACE.seconds(plan.final_epochs)
    )
    assert plan.seconds == pytest.approx(slow, rel=1e-2)
    assert plan.coarse_epochs <= plan.refine_epochs
    assert plan.coarse >= 4
    assert plan.seeds >= 2


def test_with_time_enough_nothing_is_shortened():
    plan = make_plan(PACE, 20000, 0, full=24)
    assert (plan.final_epochs, plan.repeat_epochs, plan.seeds) == (24, 24, 5)
    assert plan.coarse_epochs == 3
    assert plan.refine_epochs == 20
    assert (plan.coarse, plan.rounds) == (33, 6)


def test_a_stage_leaves_time_to_those_after_it():
    plan = make_plan(PACE, 600, 60, full=24)
    coarse, finer, repeats = (
        plan.reserve(s, PACE) for s in ("coarse", "refine 2", "repeat")
    )
    assert repeats == pytest.approx(PACE.seconds(plan.final_epochs))
    assert coarse > finer > repeats > 0
    ahead = plan.coarse * PACE.seconds(plan.coarse_epochs)
    assert coarse + ahead == pytest.approx(plan.seconds, rel=1e-3)


def test_too_short_a_budget_is_refused_with_one_that_is_not():
    with pytest.raises(RunError, match=r"`budget` of 10 s is too short.*at least") as e:
        make_plan(PACE, 10, 5, full=24)
    least = float(str(e.value).partition("at least ")[2].partition("s,")[0])
    assert make_plan(PACE, least, 5, full=24).coarse >= 4


def test_first_steps_are_few_where_time_is_short():
    assert PACE.steps(1e5) == 100
    assert PACE.steps(100) == 30
    assert PACE.steps(1) == 15
