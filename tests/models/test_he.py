import math

import torch
from torch import nn

from trainwell.models._he import initialise_convolutions


def test_the_standard_deviation_follows_the_outputs():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(16, 64, 3), nn.Linear(3, 3))
    linear = model[1].weight.clone()
    initialise_convolutions(model)
    weight = model[0].weight
    expected = math.sqrt(2 / (64 * 9))
    sigma = expected / math.sqrt(2 * weight.numel())  # of a standard deviation
    assert abs(weight.std().item() - expected) < 4 * sigma
    assert not model[0].bias.any()
    assert torch.equal(model[1].weight, linear)
