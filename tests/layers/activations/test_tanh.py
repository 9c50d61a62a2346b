"""The hyperbolic tangent: its values, oddness and relation to the sigmoid."""

import math

import torch

from trainwell.layers.activations._tanh import tanh_layer as tanh

X = torch.linspace(-5, 5, 41, dtype=torch.float64)


def test_by_hand():
    torch.testing.assert_close(tanh()(torch.tensor([math.log(2)])), torch.tensor([0.6]))


def test_written_out_definition():
    expected = [
        (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x)) for x in X.tolist()
    ]
    torch.testing.assert_close(tanh()(X), torch.tensor(expected).double())


def test_it_is_odd_and_a_stretched_sigmoid():
    torch.testing.assert_close(tanh()(-X), -tanh()(X))
    torch.testing.assert_close(tanh()(X), 2 * torch.sigmoid(2 * X) - 1)


def test_the_derivative():
    x = X.clone().requires_grad_()
    y = tanh()(x)
    y.sum().backward()
    torch.testing.assert_close(x.grad, 1 - y.detach() ** 2)
