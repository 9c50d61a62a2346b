"""The plan follows the pace; the end comes in time, whatever happens on the way."""

import pytest
import torch

from trainwell.training import TimeLimit


class Clock:
    """Runs steps that take pace(step) seconds, and hooks after them; in no time."""

    def __init__(self, setup, pace, *, first=500, evaluation=0.0, hiccup=None):
        self.state = setup.state(total_steps=first)
        self.pace, self.evaluation, self.hiccup = pace, evaluation, hiccup
        self.progress = []

    def run(self, hook):
        state, every = self.state, hook.every
        hook.on_start(state)
        while state.step < state.total_steps and not state.stop:
            spent = self.pace(state.step + 1) + self._hiccup()
            state.step += 1
            state.seconds += spent
            state.step_seconds += spent
            hook.after_step(state, None, torch.tensor(0.0))
            if every and state.step % every == 0 and state.step < state.total_steps:
                state.seconds += self.evaluation
            self.progress.append(state.progress)
        self.seconds = state.seconds + self.evaluation * (1 + hook.final)
        return self

    def _hiccup(self):
        if self.hiccup is None or self.state.seconds < self.hiccup[0]:
            return 0.0
        _, length = self.hiccup
        self.hiccup = None
        return length


def simulate(setup, pace, limit=100.0, **how):
    return Clock(setup, pace, **how).run(TimeLimit(limit)).state


def test_a_steady_pace_fills_the_time(setup):
    state = simulate(setup, lambda step: 0.5)
    assert state.step == state.total_steps == 200


def test_a_slow_first_step_does_not_shorten_the_run(setup):
    state = simulate(setup, lambda step: 8.0 if step == 1 else 0.5)
    assert state.step == 185


@pytest.mark.parametrize("change", [(2.0, 0.5), (0.5, 2.0), (0.1, 0.5), (0.5, 0.1)])
@pytest.mark.parametrize("at", [10, 50, 150])
def test_another_pace_is_followed_up_and_down(setup, change, at):
    before, after = change
    state = simulate(setup, lambda step: before if step <= at else after)
    assert 98 <= state.seconds <= 102


def test_a_plan_that_nearly_ended_grows_again(setup):
    """The pace is four times as fast in the last tenth."""
    state = simulate(setup, lambda step: 0.5 if step <= 180 else 0.125)
    assert state.step == pytest.approx(180 + 80, abs=2)


@pytest.mark.parametrize("length", [2.0, 4.0, 9.0])
@pytest.mark.parametrize("at", [0.0, 0.5, 3, 10, 31, 45, 50])
@pytest.mark.parametrize("pace", [0.01, 0.3, 2.5])
def test_a_hiccup_at_any_moment(setup, pace, at, length):
    clock = Clock(setup, lambda step: pace, hiccup=(at, length), first=37)
    state = clock.run(TimeLimit(60.0)).state
    assert 58 <= state.seconds <= 62
    assert state.step == pytest.approx((60 - length) / pace, abs=0.06 * 60 / pace)


@pytest.mark.parametrize("at", [0.0, 5, 20, 40, 45])
@pytest.mark.parametrize(("every", "cost"), [(10, 0.4), (50, 3.0), (1000, 2.0)])
def test_evaluations_and_what_follows_are_counted(setup, every, cost, at):
    """Every 10 steps, every 50, or only at the end; a guess that is half of it."""
    clock = Clock(setup, lambda step: 0.1, evaluation=cost, hiccup=(at, 4.0), first=90)
    hook = TimeLimit(60.0, every=every, evaluation=cost / 0.2, final=2.0)
    clock.run(hook)
    missed = 1.5 * cost if every == 1000 else 0.0  # it was never measured
    assert 57.9 <= clock.seconds <= 62 + missed


def test_a_hiccup_while_evaluating_counts_once(setup):
    clock = Clock(setup, lambda step: 0.1, evaluation=0.5)
    hook = TimeLimit(60.0, every=40)
    before = hook._measure

    def slow(state):
        if state.step == 121:
            state.seconds += 4.0
        before(state)

    hook._measure = slow
    clock.run(hook)
    assert clock.state.step == pytest.approx((60 - 4) / (0.1 + 0.5 / 40), abs=10)


def test_an_evaluation_of_the_first_weights_is_measured(setup):
    """It takes 5 s, where 1 s was the guess, and is the only one before the end."""
    state = setup.state(total_steps=1000)
    hook = TimeLimit(60.0, every=1000, evaluation=10.0, final=1.0, first=True)
    hook.on_start(state)
    state.seconds += 5.0
    while state.step < state.total_steps and not state.stop:
        state.step += 1
        state.seconds += 0.1
        state.step_seconds += 0.1
        hook.after_step(state, None, torch.tensor(0.0))
    assert state.seconds + 2 * 5.0 == pytest.approx(60, abs=1)


def test_a_run_that_sees_less_than_an_epoch_ends_in_time(setup):
    """Steps of 3 s in 20 s, of a set that the first guess sees twenty times."""
    state = simulate(setup, lambda step: 3.0, limit=20.0, first=100_000)
    assert 18 <= state.seconds <= 21.5
    assert state.progress > 0.8


def test_a_guess_that_is_far_too_short_is_corrected(setup):
    state = simulate(setup, lambda step: 0.01, first=20)
    assert state.seconds == pytest.approx(100, abs=1)


def test_no_step_is_taken_when_the_time_is_over(setup):
    state = setup.state(total_steps=50)
    setup.fit(state, hooks=[TimeLimit(10.0, reserve=11.0)])
    assert (state.step, state.stop) == (0, "time")


def test_reserve_is_kept(setup):
    state = setup.state(total_steps=10**6)
    hook = TimeLimit(100.0, reserve=20.0)
    hook.on_start(state)
    state.seconds = 80.0
    hook.after_step(state, None, torch.tensor(0.0))
    assert state.stop == "time"


def test_the_learning_rate_falls_without_leaps(setup):
    """The pace changes all the time; the progress rises, by small steps."""
    clock = Clock(
        setup, lambda step: 0.2 + 0.15 * ((step // 10) % 3), hiccup=(40.0, 4.0)
    )
    state = clock.run(TimeLimit(100.0)).state
    steps = [b - a for a, b in zip(clock.progress, clock.progress[1:], strict=False)]
    assert min(steps) > 0
    assert max(steps[20:]) < 4 / state.total_steps
    assert clock.progress[-1] == pytest.approx(1.0, abs=0.02)


def test_a_longer_plan_goes_on_with_further_batches(setup):
    class Longer(TimeLimit):
        def after_step(self, state, batch, loss):
            if state.step == 3:
                state.replan(9)

    state = setup.state(total_steps=5)
    assert setup.fit(state, hooks=[Longer(10.0)]).step == 9


def test_a_plan_survives_a_resume(setup):
    state = setup.state(total_steps=100)
    state.step = 40
    state.replan(200)
    assert state.progress == 0.4
    other = setup.state(total_steps=100)
    other.load(state.tensors(), state.numbers())
    other.step = 120
    assert other.progress == 0.4 + 0.6 * 80 / 160


@pytest.mark.parametrize(
    ("limit", "step", "stopped"),
    [(9.0, 0, True), (11.0, 0, False), (9.0, 1, False)],
)
def test_too_few_steps_are_not_begun(setup, limit, step, stopped):
    """10 steps of 0.5 s, and four evaluations of 2.5 steps: 10 s are needed."""
    state = setup.state(total_steps=50)
    state.step = step
    more = {"evaluation": 2.5, "final": 2.0, "pace": 0.5, "fewest": 10}
    TimeLimit(limit, every=10, **more).on_start(state)
    assert (state.stop == "time") == stopped
