"""The self-normalising unit: its constants and its fixed point."""

import math

import torch

from trainwell.layers.activations._selu import selu_layer as selu

LAMBDA, ALPHA = 1.0507009873554805, 1.6732632423543772
X = torch.linspace(-4, 4, 33, dtype=torch.float64)


def test_written_out_definition():
    expected = [LAMBDA * (x if x > 0 else ALPHA * math.expm1(x)) for x in X.tolist()]
    torch.testing.assert_close(selu()(X), torch.tensor(expected).double())


def test_mean_0_and_variance_1_are_kept():
    z = torch.linspace(-12, 12, 100_001, dtype=torch.float64)
    density = torch.exp(-z.square() / 2) / math.sqrt(2 * math.pi)
    y = selu()(z)
    assert abs(torch.trapezoid(y * density, z)) < 1e-6
    assert abs(torch.trapezoid(y.square() * density, z) - 1) < 1e-6


def test_a_deep_network_keeps_its_variance():
    g = torch.Generator().manual_seed(0)
    x = torch.randn(512, 256, generator=g)
    for _ in range(30):
        x = selu()(x @ torch.randn(256, 256, generator=g) / math.sqrt(256))
    assert 0.8 < x.var() < 1.2
