"""A network is left as it was, also after an error."""

import pytest
import torch

from trainwell.explain._reading import reading


def test_modes_and_random_numbers_are_put_back(make):
    network = make("conv")
    network[2].eval()
    state = torch.random.get_rng_state()
    with torch.no_grad(), reading(network):
        assert torch.is_grad_enabled()
        assert not any(module.training for module in network.modules())
        torch.rand(3)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert network.training
    assert not network[2].training


def test_also_after_an_error(make):
    network = make("conv")
    with pytest.raises(KeyError), reading(network):
        raise KeyError
    assert network.training
