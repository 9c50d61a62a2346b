"""Swapping in DropConnect: which layers, same parameters, both rules."""

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.stochastic import DropConnectLinear, swap_drop_connect
from trainwell.layers.stochastic._drop_connect import drop_connect_layer as drop_connect


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(12, 8),
        nn.Tanh(),
        nn.Linear(8, 6),
        nn.LayerNorm(6),
        nn.Linear(6, 3),
    )


X = torch.randn(5, 3, 2, 2, generator=torch.Generator().manual_seed(0))


def test_layers_before_an_activation_are_replaced():
    model = network()
    report = swap_drop_connect(model, p=0.3)
    assert report == ["1: Linear -> DropConnectLinear(p=0.3, test=mean)"]
    assert [isinstance(model[i], DropConnectLinear) for i in (1, 3, 5)] == [1, 0, 0]
    assert model.state_dict().keys() == network().state_dict().keys()
    torch.testing.assert_close(model.eval()(X), network().eval()(X))
    assert not torch.equal(model.train()(X), model(X))


def test_the_gaussian_rule_takes_the_activation_in():
    model = network()
    swap_drop_connect(model, test="gaussian")
    assert isinstance(model[2], nn.Identity)
    alone = drop_connect(network()[1], nn.Tanh(), test="gaussian").eval()
    torch.testing.assert_close(model.eval()[:3](X), alone(X.flatten(1)))
    assert not torch.allclose(alone(X.flatten(1)), network()[:3](X))


def test_where_nothing_fits():
    with pytest.raises(ModelError, match="no linear map feeds an activation"):
        swap_drop_connect(nn.Sequential(nn.Linear(2, 2)))
