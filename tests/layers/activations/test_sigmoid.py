"""The sigmoid: its values, symmetry, and the saturation the lectures warn of."""

import math

import torch

from trainwell.layers.activations._sigmoid import sigmoid_layer as sigmoid

X = torch.linspace(-6, 6, 41, dtype=torch.float64)


def test_by_hand():
    x = torch.tensor([0.0, math.log(3), -math.log(3)])
    torch.testing.assert_close(sigmoid()(x), torch.tensor([0.5, 0.75, 0.25]))


def test_written_out_definition():
    expected = [1 / (1 + math.exp(-x)) for x in X.tolist()]
    torch.testing.assert_close(sigmoid()(X), torch.tensor(expected).double())


def test_outputs_are_not_centred_and_complement_each_other():
    torch.testing.assert_close(sigmoid()(X) + sigmoid()(-X), torch.ones_like(X))
    assert sigmoid()(X).mean() > 0.49


def test_gradients_die_where_it_saturates():
    x = torch.tensor([0.0, 10.0, -10.0], requires_grad=True)
    sigmoid()(x).sum().backward()
    assert x.grad[0] == 0.25
    assert x.grad[1:].max() < 5e-5
