"""A proximal L1 step gives exact zeros; the plain subgradient does not."""

from trainwell.losses import penalties
from trainwell.optim import decayed_weights
from trainwell.prune import sparsity
from trainwell.schedules import constant
from trainwell.training import ShrinkWeights


def share_of_zeros(setup, hooks, penalty=None):
    state = setup.state(total_steps=60)
    make = penalty and (lambda: 0.1 * penalty(decayed_weights(state.model)))
    setup.fit(state, hooks, schedule=constant(), penalty=make)
    weights = {str(i): w for i, w in enumerate(decayed_weights(state.model))}
    return sparsity(weights).share


def test_exact_zeros(setup):
    hook = ShrinkWeights(penalties.soft_threshold_, decayed_weights, 0.1)
    assert share_of_zeros(setup, [hook]) > 0.2
    assert share_of_zeros(setup, [], penalties.l1) == 0


def test_biases_are_left_alone(setup):
    state = setup.state(total_steps=1)
    before = [p.clone() for p in state.model.parameters() if p.ndim == 1]
    for group in state.optimizer.param_groups:
        group["initial_lr"] = 1e-9
    hook = ShrinkWeights(lambda ws, _: [w.data.zero_() for w in ws], decayed_weights, 1)
    setup.fit(state, [hook], schedule=constant())
    after = [p for p in state.model.parameters() if p.ndim == 1]
    assert all((a - b).abs().max() < 1e-6 for a, b in zip(after, before, strict=True))
    assert not any(w.any() for w in decayed_weights(state.model))
