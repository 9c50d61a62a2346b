"""A model that is shown data first must say how."""

import pytest
import torch
from torch import nn

from trainwell.models import airbench, lenet
from trainwell.models._data_init import DataInitialised


class Centred(DataInitialised):
    def __init__(self):
        super().__init__()
        self.mean = nn.Parameter(torch.zeros(()))

    def init_from_data(self, images):
        with torch.no_grad():
            self.mean.copy_(images.mean())


def test_a_model_of_ones_own():
    model = Centred()
    model.init_from_data(torch.full((2, 1, 4, 4), 3.0))
    assert model.mean.item() == 3
    assert list(model.state_dict()) == ["mean"]


def test_it_must_say_how():
    class Silent(DataInitialised):
        pass

    with pytest.raises(TypeError, match="init_from_data"):
        Silent()


def test_which_of_ours_are():
    assert isinstance(airbench(), DataInitialised)
    assert not isinstance(lenet(), DataInitialised)
