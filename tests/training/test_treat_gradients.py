import pytest
import torch

from trainwell.optim.gradients import clip_norm
from trainwell.schedules import constant
from trainwell.training import TreatGradients


def norms_seen(setup, hooks):
    seen = []
    state = setup.state(total_steps=3)

    def look(optimizer, args, kwargs):
        grads = [p.grad.flatten() for p in state.model.parameters()]
        seen.append(torch.cat(grads).norm().item())

    inner = state.optimizer.step

    def step(closure):
        def watched():
            loss = closure()
            look(None, None, None)
            return loss

        return inner(watched)

    state.optimizer.step = step
    setup.fit(state, hooks, schedule=constant())
    return seen


def test_clipping_bounds_the_norm_that_the_optimizer_sees(setup):
    hook = TreatGradients(lambda params: clip_norm(params, limit=0.01))
    assert norms_seen(setup, [hook]) == pytest.approx([0.01] * 3, rel=1e-3)
    assert min(norms_seen(setup, [])) > 0.1
