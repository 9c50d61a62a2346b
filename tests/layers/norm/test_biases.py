"""Useless biases are found by the graph, and only those."""

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell.layers.norm import BatchRenorm2d, biases_before_norm


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3),
        nn.BatchNorm2d(4),
        nn.Conv2d(4, 4, 1, bias=False),
        nn.InstanceNorm2d(4),
        nn.Conv2d(4, 4, 1),
        nn.GroupNorm(2, 4),
        nn.Conv2d(4, 4, 1),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(16, 4),
        BatchRenorm2d(4),
    )


def test_they_are_named():
    assert biases_before_norm(network()) == ("0", "9")


def test_changing_them_changes_nothing():
    model = network()
    x = torch.randn(8, 3, 4, 4)
    before = model(x)
    for name in biases_before_norm(model):
        model.get_submodule(name).bias.data += 3
    torch.testing.assert_close(model(x), before, atol=1e-4, rtol=1e-4)


class Forked(nn.Module):
    """The layer's output is also used without the norm."""

    def __init__(self):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3)

    def forward(self, x):
        y = self.conv(x)
        return y + self.norm(y)


def test_a_bias_that_is_used_is_not_named():
    assert biases_before_norm(Forked()) == ()
