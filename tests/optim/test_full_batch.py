"""Noise is refused before the first move and at every later step."""

import copy

import pytest
import torch
from torch import nn

from trainwell.optim import BFGS, LBFGS, Newton, NoisyObjectiveError

ALL = pytest.mark.parametrize("build", [LBFGS, BFGS, Newton])


def data(dtype=torch.float32):
    g = torch.Generator().manual_seed(0)
    x = torch.randn(40, 3, generator=g)
    return x.to(dtype), (x @ torch.randn(3, 2, generator=g)).argmax(1)


def closure_over(model, optimizer, draw=data):
    def closure():
        optimizer.zero_grad()
        x, y = draw()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        return loss

    return closure


def built(build, *layers):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 2), *layers)
    return model, build(model.parameters())


@ALL
def test_dropout_is_refused_before_any_move(build):
    model, optimizer = built(build, nn.Dropout(0.1))
    before = copy.deepcopy(model.state_dict())
    with pytest.raises(NoisyObjectiveError, match="Turn off dropout and augmentation"):
        optimizer.step(closure_over(model, optimizer))
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())


@ALL
def test_dropout_that_is_off_is_no_noise(build):
    model, optimizer = built(build, nn.Dropout(0.1))
    model.eval()
    first = optimizer.step(closure_over(model, optimizer))
    assert optimizer.step(closure_over(model, optimizer)) < first


@ALL
def test_another_mini_batch_is_refused_at_the_second_step(build):
    model, optimizer = built(build)
    x, y = data()
    optimizer.step(closure_over(model, optimizer, lambda: (x[:20], y[:20])))
    second = closure_over(model, optimizer, lambda: (x[20:], y[20:]))
    before = model[0].weight.clone()
    with pytest.raises(
        ValueError, match="the whole training set in each batch, or take"
    ):
        optimizer.step(second)
    assert torch.equal(model[0].weight, before)


@ALL
def test_noise_as_small_as_rounding_is_borne(build):
    model, optimizer = built(build)
    count = iter(range(10_000))

    def closure():
        optimizer.zero_grad()
        x, y = data()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        return loss * (1 + 1e-6 * (next(count) % 2))

    optimizer.step(closure)


@ALL
def test_weights_moved_by_somebody_else_are_no_noise(build):
    model, optimizer = built(build)
    optimizer.step(closure_over(model, optimizer))
    with torch.no_grad():
        model[0].weight.mul_(0.5)
    optimizer.step(closure_over(model, optimizer))


@ALL
def test_weight_decay_is_a_penalty_of_the_objective(build):
    def fit(optimizer, model, penalty):
        def closure():
            optimizer.zero_grad()
            x, y = data(torch.float64)
            loss = nn.functional.cross_entropy(model(x), y)
            loss = loss + penalty / 2 * model.weight.square().sum()
            loss.backward()
            return loss

        for _ in range(12):
            value = optimizer.step(closure)
        return value, model.weight.detach()

    models = [nn.Linear(3, 2, bias=False).double() for _ in range(2)]
    group = {"params": models[0].parameters(), "weight_decay": 0.1}
    decayed = fit(build([group]), models[0], 0.0)
    penalised = fit(build(models[1].parameters()), models[1], 0.1)
    assert decayed[0] == pytest.approx(penalised[0], abs=1e-9)
    torch.testing.assert_close(decayed[1], penalised[1], rtol=1e-4, atol=1e-5)


@ALL
def test_no_closure(build):
    model, optimizer = built(build)
    with pytest.raises(ValueError, match="`closure` must be given"):
        optimizer.step()


@ALL
def test_one_rate_for_all(build):
    groups = [{"params": [torch.ones(1)], "lr": r} for r in (0.1, 0.2)]
    with pytest.raises(ValueError, match="must have one learning rate"):
        build(groups)


@pytest.mark.parametrize("build", [BFGS, Newton])
def test_too_many_parameters(build):
    with pytest.raises(
        ValueError, match="at most 5,000 numbers.* got 5,001; take lbfgs"
    ):
        build([torch.ones(5_001)])
