from torch import nn

from trainwell.models import num_parameters


def test_frozen_ones_count_and_shared_ones_count_once():
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3), nn.BatchNorm1d(3))
    model[1].weight = model[0].weight
    model[0].requires_grad_(False)
    assert num_parameters(model) == 9 + 3 + 3 + 6
