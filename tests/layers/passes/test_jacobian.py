"""Jacobians of maps that are known, and of a network against torch."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ArgumentError
from trainwell.layers.passes import jacobian


def test_a_linear_map_is_its_matrix():
    layer = nn.Linear(3, 2)
    torch.testing.assert_close(jacobian(layer, torch.randn(3)), layer.weight)


def test_softmax_by_hand():
    x = torch.randn(4, dtype=torch.float64)
    p = x.softmax(0)
    expected = torch.diag(p) - torch.outer(p, p)
    torch.testing.assert_close(jacobian(lambda z: z.softmax(0), x), expected)


def test_a_network_against_torch_and_nothing_is_left_behind():
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Tanh(), nn.Flatten(), nn.Linear(8, 3))
    x = torch.randn(1, 1, 4, 4)
    expected = torch.autograd.functional.jacobian(net, x).reshape(3, 16)
    with torch.no_grad():
        torch.testing.assert_close(jacobian(net, x), expected)
    assert all(p.grad is None for p in net.parameters())
    assert x.grad is None


def test_outputs_that_do_not_depend_are_zero():
    found = jacobian(lambda z: torch.stack([z[0], z[1].detach() + 1]), torch.ones(2))
    assert found.tolist() == [[1, 0], [0, 0]]


def test_messages():
    with pytest.raises(ArgumentError, match="floating-point numbers, got torch.int64"):
        jacobian(lambda z: z, torch.arange(3))
    with pytest.raises(ArgumentError, match="5,000 outputs by 5,000 inputs is"):
        jacobian(lambda z: z, torch.zeros(5000))
    with pytest.raises(ArgumentError, match="do not depend on `x`"):
        jacobian(lambda z: torch.ones(2), torch.zeros(3))
