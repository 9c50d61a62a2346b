"""The rate falls by the validation history, and stays fallen after a resume."""

import pytest

from trainwell.schedules import constant, reduce_on_plateau
from trainwell.training import Hook, ReduceOnPlateau, load_checkpoint, save_checkpoint


class Evaluate(Hook):
    """Reports these accuracies, one per step."""

    def __init__(self, accuracies, stop_at=None):
        self.accuracies, self.stop_at = accuracies, stop_at
        self.rates = []

    def after_step(self, state, batch, loss):
        self.rates.append(state.optimizer.param_groups[0]["lr"])
        state.memory["evaluated_step"] = state.step
        state.memory["val_headline"] = self.accuracies[state.step - 1]
        if state.step == self.stop_at:
            state.stop = "signal"


def rule(values):
    return reduce_on_plateau(values, factor=0.1, patience=1)


FLAT = [0.5, 0.4, 0.5, 0.3, 0.2, 0.1]
FACTORS = [1, 1, 1, 0.1, 0.1, 0.01]  # two evaluations without improvement, twice


def test_the_rate_follows_the_rule(setup):
    state, evaluate = setup.state(total_steps=6), Evaluate(FLAT)
    rate = state.optimizer.param_groups[0]["initial_lr"]
    setup.fit(state, [evaluate, ReduceOnPlateau(rule)], schedule=constant())
    assert evaluate.rates == pytest.approx([rate * f for f in FACTORS])


def test_a_resumed_run_goes_on_at_its_rate(setup, tmp_path):
    first, cut = setup.state(total_steps=6), Evaluate(FLAT, stop_at=4)
    rate = first.optimizer.param_groups[0]["initial_lr"]
    setup.fit(first, [cut, ReduceOnPlateau(rule)], schedule=constant())
    save_checkpoint(tmp_path / "c", first)
    second, evaluate = setup.state(total_steps=6), Evaluate(FLAT)
    load_checkpoint(tmp_path / "c", second)
    setup.fit(second, [evaluate, ReduceOnPlateau(rule)], schedule=constant())
    assert cut.rates + evaluate.rates == pytest.approx([rate * f for f in FACTORS])
