"""Gains: the known ones, Monte Carlo for the others, and what they are for."""

import math

import pytest
import torch

from trainwell.core.techniques import builders
from trainwell.layers import activations
from trainwell.layers.activations import gain


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("linear", {}, 1),
        ("sigmoid", {}, 1),
        ("selu", {}, 1),
        ("tanh", {}, 5 / 3),
        ("relu", {}, math.sqrt(2)),
        ("leaky_relu", {"slope": 0.1}, math.sqrt(2 / 1.01)),
        ("prelu", {}, math.sqrt(2 / (1 + 0.25**2))),
        ("maxout", {}, 1),  # max^2 + min^2 = a^2 + b^2, and both have one mean
        ("maxout", {"pieces": 1}, 1),
        ("swish", {"beta": 0.0}, 2),
    ],
)
def test_known_values(name, arguments, expected):
    assert math.isclose(gain(name, **arguments), expected, rel_tol=1e-7)


@pytest.mark.parametrize("name", ["tanh", "relu", "leaky_relu"])
def test_agrees_with_torch(name):
    expected = torch.nn.init.calculate_gain(name)
    assert math.isclose(gain(name), expected, rel_tol=1e-7)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("elu", {}), ("elu", {"alpha": 0.5}), ("swish", {}), ("maxout", {"pieces": 3})],
)
def test_monte_carlo(name, arguments):
    n = 400_000
    pieces = arguments.get("pieces", 1)
    z = torch.randn(n, pieces, generator=torch.Generator().manual_seed(0))
    squares = builders("activation")[name](**arguments)(z).square()
    sigma = squares.std() / math.sqrt(n)
    assert abs(squares.mean() - gain(name, **arguments) ** -2) < 4 * sigma


def test_a_deep_network_keeps_its_second_moment():
    g = torch.Generator().manual_seed(0)
    x = torch.randn(256, 512, generator=g)
    for _ in range(10):
        w = torch.randn(512, 512, generator=g) * gain("swish") / math.sqrt(512)
        x = activations.SiLU()(x) @ w
    assert 0.7 < x.square().mean() < 1.4


def test_messages():
    with pytest.raises(ValueError, match="Did you mean `swish`"):
        gain("swich")
    with pytest.raises(TypeError, match="tanh takes no arguments, got slope"):
        gain("tanh", slope=0.1)
