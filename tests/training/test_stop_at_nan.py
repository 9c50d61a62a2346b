"""NaN: the run stops before the weights are touched, and says where and why."""

import pytest
import torch

from trainwell.core.errors import DivergedError
from trainwell.training import Batch, Hook, StopAtNaN


def one_batch(images=None):
    images = torch.ones(12, 1, 2, 2) if images is None else images
    return Batch(images, torch.zeros(12, dtype=torch.long), torch.arange(100, 112))


def explain(setup, values, images=None, break_weights=False):
    state = setup.state()
    hook = StopAtNaN()
    for value in values[:-1]:
        hook.before_step(state, one_batch(), torch.tensor(value))
        state.step += 1
    if break_weights:
        next(state.model.parameters()).data[0] = float("nan")
    with pytest.raises(DivergedError) as caught:
        hook.before_step(state, one_batch(images), torch.tensor(values[-1]))
    return str(caught.value)


def test_it_names_step_samples_and_a_growing_loss(setup):
    text = explain(setup, [2.3, 9.0, 1e6, float("inf")])
    assert (
        "the loss is inf at step 4 (samples 100, 101, 102, 103, 104, 105, 106, 107 and 4 more)"
        in text
    )
    assert (
        "the loss grew from 2.3 to 1e+06: the learning rate 0.05 is too high; try optimizer.lr=0.005"
        in text
    )
    assert "The last good checkpoint is kept." in text


def test_broken_images(setup):
    images = torch.ones(12, 1, 2, 2)
    images[3, 0, 1, 1] = float("nan")
    assert "the images themselves contain NaN" in explain(
        setup, [2.3, float("nan")], images
    )


def test_broken_weights(setup):
    text = explain(setup, [2.3, float("nan")], break_weights=True)
    assert "the weights (0.weight first) are no longer finite" in text


def test_the_first_step_and_a_sudden_overflow(setup):
    assert "happened at the first step" in explain(setup, [float("nan")])
    assert "a sudden overflow" in explain(setup, [2.3, 2.2, float("nan")])


def test_the_weights_are_not_touched(setup):
    class Before(Hook):
        def before_step(self, state, batch, loss):
            self.weights = [p.detach().clone() for p in state.model.parameters()]

    state, before = setup.state(), Before()

    def nan_loss(outputs, targets):
        factor = float("nan") if state.step == 3 else 1.0
        return factor * torch.nn.functional.cross_entropy(
            outputs, targets, reduction="none"
        )

    from trainwell.schedules import constant
    from trainwell.training import fit

    with pytest.raises(DivergedError, match="at step 4"):
        fit(
            state,
            setup.batches(),
            nan_loss,
            schedule=constant(),
            hooks=[before, StopAtNaN()],
        )
    assert state.step == 3
    for a, p in zip(before.weights, state.model.parameters(), strict=True):
        assert torch.equal(a, p)


def test_it_looks_only_every_few_steps_if_told(setup):
    state = setup.state()
    hook = StopAtNaN(every=5)
    state.step = 3
    hook.before_step(state, one_batch(), torch.tensor(float("nan")))
    state.step = 5
    with pytest.raises(DivergedError):
        hook.before_step(state, one_batch(), torch.tensor(float("nan")))


def test_advice_for_an_absurd_rate_is_a_usual_one(setup):
    """A tenth of 1e6 would be as absurd."""
    state = setup.state()
    state.optimizer.param_groups[0]["lr"] = 1e6
    hook = StopAtNaN()
    hook.before_step(state, one_batch(), torch.tensor(2.3))
    hook.before_step(state, one_batch(), torch.tensor(1e9))
    with pytest.raises(
        DivergedError, match=r"1e\+06 is too high; try optimizer.lr=0.1\."
    ):
        hook.before_step(state, one_batch(), torch.tensor(float("nan")))
