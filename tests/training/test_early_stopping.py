"""Evaluating while training: when, what is kept as best, when it stops."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from trainwell.tasks import Classification, Metric
from trainwell.training import (
    EvaluateRegularly,
    Evaluation,
    MetricsLog,
    load_tensors,
    read_metrics,
)

TASK = Classification(("a", "b"))
ACCURACY = Metric(TASK.metrics["accuracy"].value)  # without the noise of a fraction


def evaluation(right, of=10):
    probabilities = np.tile(np.array([0.3, 0.7], np.float32), (of, 1))
    return Evaluation(TASK, probabilities, (np.arange(of) < right).astype(np.int64))


def run(setup, folder, scores, total=8, every=2, select=ACCURACY, **kwargs):
    """Train with validation scores given in order; return state and metrics."""
    given = iter(scores)
    log = MetricsLog(folder, 4, 2)
    hook = EvaluateRegularly(
        lambda model: (evaluation(next(given)), evaluation(10)),
        lambda state: state.model,
        log,
        best=folder / "best.safetensors",
        every=every,
        select=select,
        **kwargs,
    )
    state = setup.fit(setup.state(total_steps=total), [hook, log])
    return state, [
        x for x in read_metrics(folder / "metrics.jsonl") if x["event"] == "evaluate"
    ]


def test_it_evaluates_every_few_steps_and_once_at_the_end(setup, tmp_path):
    _, lines = run(setup, tmp_path, [1, 2, 3, 4], total=7)
    assert [x["step"] for x in lines] == [2, 4, 6, 7]
    assert [x["val_accuracy"] for x in lines] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert lines[0]["train_accuracy"] == 1.0


def test_the_best_weights_are_kept_the_later_of_equals(setup, tmp_path):
    state, _ = run(setup, tmp_path, [3, 7, 7, 5])
    assert state.memory["best_step"] == 6
    assert state.memory["best_score"] == pytest.approx(0.7)
    again, _ = run(setup, tmp_path, [3, 3, 9], total=6)
    best, _ = load_tensors(tmp_path / "best.safetensors")
    assert all(torch.equal(best[k], v) for k, v in again.model.state_dict().items())


def test_patience_counts_evaluations_without_improvement(setup, tmp_path):
    state, lines = run(setup, tmp_path, [5, 4, 5, 9], total=20, patience=2)
    assert state.stop == "patience"
    assert [x["step"] for x in lines] == [2, 4, 6]


def test_a_signal_leaves_the_evaluation_to_the_resumed_run(setup, tmp_path):
    from trainwell.training import Hook

    class Signal(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "signal"

    log = MetricsLog(tmp_path, 4, 2)
    hook = EvaluateRegularly(
        lambda model: 1 / 0,
        lambda state: state.model,
        log,
        best=tmp_path / "b",
        every=5,
        select=ACCURACY,
    )
    state = setup.fit(setup.state(), [hook, log, Signal()])
    assert state.step == 1


def test_the_score_chooses_the_best_weights(setup, tmp_path):
    """The lowest loss here is the second evaluation, though later ones are as right."""
    given = iter([0.6, 0.9, 0.7])

    def evaluate(model):
        sure = next(given)
        probabilities = np.tile(np.array([1 - sure, sure], np.float32), (10, 1))
        found = Evaluation(TASK, probabilities, np.ones(10, np.int64))
        return found, found

    log = MetricsLog(tmp_path, 4, 2)
    hook = EvaluateRegularly(
        evaluate,
        lambda state: state.model,
        log,
        best=tmp_path / "best",
        every=2,
        select=TASK.metrics["loss"],
    )
    state = setup.fit(setup.state(total_steps=6), [hook, log])
    assert state.memory["best_step"] == 4
    assert state.memory["best_score"] == pytest.approx(np.log(0.9))


def test_a_score_that_is_not_a_number_keeps_the_latest(setup, tmp_path):
    nothing = lambda probabilities, targets: float("nan")  # noqa: E731
    state, _ = run(setup, tmp_path, [3, 7, 5, 5], select=Metric(nothing))
    assert state.memory["best_step"] == 8


class Steady(Classification):
    """Its loss is the same for all predictions."""

    @property
    def metrics(self):
        return {**super().metrics, "loss": Metric(lambda *_: 0.5)}


def test_scores_with_noise_keep_later_weights_within_it(setup, tmp_path):
    """The loss of `evaluation` falls with the score, so equal losses are given here."""

    def steady(right):
        return replace(evaluation(right), task=Steady(("a", "b")))

    given = iter([5, 9, 8, 7])
    hook = EvaluateRegularly(
        lambda model: (steady(next(given)), evaluation(10)),
        lambda state: state.model,
        MetricsLog(tmp_path, 4, 2),
        best=tmp_path / "best",
        every=2,
        select=TASK.metrics["accuracy"],
    )
    state = setup.fit(setup.state(total_steps=8), [hook])
    assert state.memory["best_step"] == 6, "one of ten is the noise, two are not"
    assert state.memory["best_score"] == 0.9
    assert state.memory["stale"] == 2
