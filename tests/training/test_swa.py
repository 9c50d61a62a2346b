"""The mean of the weights at the ends of epochs, against its definition."""

import pytest
import torch

from trainwell.schedules import constant
from trainwell.training import AverageWeights, Hook, averaged_weights


class Watch(Hook):
    """Keeps every step's weights."""

    def __init__(self):
        self.weights = {}

    def after_step(self, state, batch, loss):
        self.weights[state.step] = {
            k: v.clone() for k, v in state.model.state_dict().items()
        }


@pytest.mark.parametrize("start", [0.0, 0.5])
def test_swa_is_the_mean_over_ends_of_epochs(setup, start):
    state, watch = setup.state(total_steps=10), Watch()
    hook = AverageWeights(start, per_epoch=3)
    setup.fit(state, [hook, watch], schedule=constant())
    ends = [step for step in (3, 6, 9, 10) if step >= 10 * start]
    for name, mean in averaged_weights(state).items():
        moments = [watch.weights[step][name] for step in ends]
        if mean.is_floating_point():
            expected = torch.stack([m.double() for m in moments]).mean(0)
            torch.testing.assert_close(mean.double(), expected, rtol=1e-5, atol=1e-6)
        else:
            assert torch.equal(mean, moments[-1])


def test_before_its_start_there_is_none(setup):
    state = setup.state(total_steps=10)
    setup.fit(state, [AverageWeights(0.9, per_epoch=100)], schedule=constant())
    assert averaged_weights(state).keys() == state.model.state_dict().keys()
    state = setup.state(total_steps=10)

    class Stop(Hook):
        def after_step(self, state, batch, loss):
            state.stop = "time" if state.step == 4 else None

    hooks = [AverageWeights(0.9, per_epoch=2), Stop()]
    setup.fit(state, hooks, schedule=constant())
    assert averaged_weights(state) == {}
