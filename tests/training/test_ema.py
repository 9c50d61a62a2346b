"""The moving average of weights against its recursion in float64."""

import torch
from torch import nn

from trainwell.training import start_average, update_average


def test_it_follows_the_recursion_and_buffers_are_copied():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    average = start_average(model)
    expected = {n: p.detach().double() for n, p in model.named_parameters()}
    for step in range(1, 30):
        with torch.no_grad():
            for p in model.parameters():
                p.add_(torch.randn_like(p))
            model[1].running_mean += 1
        update_average(average, model, 0.9, step)
        decay = min(0.9, (1 + step) / (10 + step))
        for name, p in model.named_parameters():
            expected[name] = decay * expected[name] + (1 - decay) * p.detach().double()
    for name, p in average.named_parameters():
        torch.testing.assert_close(p.double(), expected[name], rtol=1e-4, atol=1e-5)
        assert not p.requires_grad
    assert torch.equal(average[1].running_mean, model[1].running_mean)
    assert not average.training


def test_it_begins_as_a_copy_that_stays():
    model = nn.Linear(2, 2)
    average = start_average(model)
    with torch.no_grad():
        model.weight.zero_()
    assert average.weight.abs().sum() > 0
