"""Logs get a line per evaluation, and not too many."""

from types import SimpleNamespace

import pytest
import torch

from trainwell.runs._evaluation_lines import EvaluationLines, _time


def state(step, evaluated=None, total=100):
    memory = (
        {}
        if evaluated is None
        else {"evaluated_step": evaluated, "val_headline": 0.875}
    )
    optimizer = SimpleNamespace(param_groups=[{"lr": 0.05}])
    return SimpleNamespace(
        step=step, total_steps=total, memory=memory, optimizer=optimizer
    )


def test_a_line_for_each_evaluation_and_the_last():
    lines = []
    hook = EvaluationLines(lines.append, per_epoch=10, apart=0.0)
    hook.on_start(state(0))
    for step in range(1, 31):
        hook.after_step(state(step, step // 10 * 10 or None), None, torch.tensor(0.5))
    hook.on_end(state(100, 100))
    assert [line.partition("  ")[0] for line in lines] == [
        "epoch 1.0 of 10.0",
        "epoch 2.0 of 10.0",
        "epoch 3.0 of 10.0",
        "epoch 10.0 of 10.0",
    ]
    assert "loss 0.500  val 0.875  lr 0.05  " in lines[0]
    assert lines[-1].endswith("0 s left")


def test_many_evaluations_are_few_lines():
    lines = []
    hook = EvaluationLines(lines.append, per_epoch=1, apart=60.0)
    hook.on_start(state(0))
    for step in range(1, 100):
        hook.after_step(state(step, step), None, torch.tensor(0.5))
    hook.on_end(state(100, 100))
    assert len(lines) == 1


def test_a_resumed_run_does_not_repeat_the_line_before():
    lines = []
    hook = EvaluationLines(lines.append, per_epoch=10, apart=0.0)
    hook.on_start(state(10, 10))
    hook.after_step(state(11, 10), None, torch.tensor(0.5))
    assert lines == []


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (59, "59 s"), (61, "1 min"), (5400, "1.5 h")]
)
def test_times(seconds, text):
    assert _time(seconds) == text
