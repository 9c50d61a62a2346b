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


def test_nothing_is_drawn_where_there_are_no_values(monkeypatch):
    """Drawing on the meta device imports a second of torch for nothing."""

    def refused(*_, **__):
        raise AssertionError

    monkeypatch.setattr(nn.init, "kaiming_normal_", refused)
    with torch.device("meta"):
        initialise_convolutions(nn.Sequential(nn.Conv2d(3, 4, 3)))
