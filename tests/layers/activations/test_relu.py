"""The rectifier: its values, and the dead unit."""

import torch

from trainwell.layers.activations._relu import relu_layer as relu


def test_by_hand():
    x = torch.tensor([-2.0, -0.1, 0.0, 0.1, 3.0])
    assert relu()(x).tolist() == [max(0.0, v) for v in x.tolist()]


def test_a_dead_unit_gets_no_gradient():
    x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
    relu()(x).sum().backward()
    assert x.grad.tolist() == [0, 0, 1]
