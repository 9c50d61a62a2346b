"""Marginalisation: averaged probabilities, repeatable, nothing else disturbed."""

import pytest
import torch
from torch import nn

from trainwell.layers.stochastic import (
    DropConnectLinear,
    Dropout,
    Dropout2d,
    FractionalMaxPool2d,
    MCDropout,
    StochasticDepth,
)


def network(p=0.5):
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3),
        nn.BatchNorm2d(4),
        FractionalMaxPool2d(),
        Dropout2d(p),
        StochasticDepth(p),
        nn.Flatten(),
        Dropout(p),
        DropConnectLinear(16, 3, p=p),
    )


IMAGES = torch.randn(5, 3, 5, 5, generator=torch.Generator().manual_seed(0))


def test_the_mean_of_the_probabilities():
    model = network().eval()
    y = MCDropout(model, samples=3, seed=7).eval()(IMAGES)
    total = torch.zeros(5, 3)
    for draw in range(3):
        torch.manual_seed(7 + draw)
        for layer in model:
            layer.train(not isinstance(layer, nn.BatchNorm2d))
        total += model(IMAGES).softmax(1)
    torch.testing.assert_close(y.exp(), total / 3)
    torch.testing.assert_close(y.exp().sum(1), torch.ones(5))


def test_repeatable_and_different_for_another_seed():
    model = network()
    first, again, other = (
        MCDropout(model, samples=4, seed=seed).eval()(IMAGES) for seed in (0, 0, 50)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_the_global_generator_and_all_modes_are_left_alone():
    model = MCDropout(network()).eval()
    torch.manual_seed(3)
    before = torch.get_rng_state()
    model(IMAGES)
    assert torch.equal(torch.get_rng_state(), before)
    assert not any(module.training for module in model.modules())
    assert model.model[1].num_batches_tracked == 0


def test_without_noise_it_is_the_model():
    model = nn.Sequential(nn.Flatten(), nn.Linear(75, 3), nn.Dropout(0.0)).eval()
    y = MCDropout(model).eval()(IMAGES)
    torch.testing.assert_close(y, model(IMAGES).log_softmax(1))


def test_more_draws_come_nearer_to_the_limit():
    model = network()
    limit = MCDropout(model, samples=400, seed=1000).eval()(IMAGES).exp()
    errors = [
        (MCDropout(model, samples=n).eval()(IMAGES).exp() - limit).square().mean()
        for n in (2, 64)
    ]
    assert errors[1] < errors[0] / 4


def test_training_is_unchanged():
    model = network()
    wrapped = MCDropout(model)
    outputs = []
    for f in (model, wrapped):
        torch.manual_seed(0)
        outputs.append(f(IMAGES))
    assert torch.equal(*outputs)


def test_a_failure_puts_the_modes_back():
    model = MCDropout(network()).eval()
    with pytest.raises(RuntimeError):
        model(IMAGES[:, :2])
    assert not any(module.training for module in model.modules())


def test_draws_must_be_positive():
    with pytest.raises(ValueError, match="`samples` must be positive, got 0"):
        MCDropout(nn.Identity(), samples=0)
