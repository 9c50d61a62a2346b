"""The plan follows the pace; the end comes in time."""

import torch

from trainwell.training import TimeLimit


def simulate(setup, pace, limit=100.0, per_epoch=10, first=500):
    """Run steps that take pace(step) seconds each; no real time passes."""
    state = setup.state(total_steps=first)
    hook = TimeLimit(limit, per_epoch)
    hook.on_start(state)
    while state.step < state.total_steps and not state.stop:
        state.step += 1
        state.seconds += pace(state.step)
        hook.after_step(state, None, torch.tensor(0.0))
    return state


def test_a_steady_pace_fills_the_time(setup):
    state = simulate(setup, lambda step: 0.5)
    assert state.step == state.total_steps == 200


def test_a_slow_first_step_does_not_shorten_the_run(setup):
    state = simulate(setup, lambda step: 8.0 if step == 1 else 0.5)
    assert 180 <= state.step <= 185


def test_a_slow_first_epoch_is_corrected(setup):
    state = simulate(setup, lambda step: 2.0 if step <= 10 else 0.5)
    assert state.step == 170  # 10 steps of 2 s and 160 of 0.5 s
    assert 99 <= state.seconds <= 100.5


def test_a_slower_end_still_ends_in_time(setup):
    state = simulate(setup, lambda step: 0.5 if step < 190 else 5.0)
    assert state.seconds <= 106
    assert state.stop == "time"


def test_the_plan_does_not_grow_when_the_schedule_is_nearly_over(setup):
    state = simulate(setup, lambda step: 0.5 if step <= 170 else 0.1)
    assert state.step == 200


def test_reserve_is_kept(setup):
    state = setup.state(total_steps=10**6)
    hook = TimeLimit(100.0, 10, reserve=20.0)
    hook.on_start(state)
    state.seconds = 80.0
    hook.after_step(state, None, torch.tensor(0.0))
    assert state.stop == "time"


def test_the_learning_rate_falls_without_leaps(setup):
    """The pace changes from epoch to epoch; the progress rises, by small steps."""
    state = setup.state(total_steps=37)
    hook, seen = TimeLimit(100.0, 10), []
    hook.on_start(state)
    while state.step < state.total_steps and not state.stop:
        state.step += 1
        state.seconds += 0.2 + 0.15 * ((state.step // 10) % 3)
        hook.after_step(state, None, torch.tensor(0.0))
        seen.append(state.progress)
    steps = [b - a for a, b in zip(seen, seen[1:], strict=False)]
    assert min(steps) > 0
    assert max(steps[20:]) < 4 / state.total_steps
    assert seen[-1] == 1.0


def test_a_plan_survives_a_resume(setup):
    state = setup.state(total_steps=100)
    state.step = 40
    state.replan(200)
    assert state.progress == 0.4
    other = setup.state(total_steps=100)
    other.load(state.tensors(), state.numbers())
    other.step = 120
    assert other.progress == 0.4 + 0.6 * 80 / 160
