"""Nesterov momentum against three steps written out."""

import jaxtyping
import pytest
import torch
from tests.optim import descent
from torch import nn

from trainwell.optim._nesterov import nesterov

GRADIENTS = [1.0, -0.2, -3.0]


def test_three_steps():
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    groups = [{"params": [parameter], "weight_decay": 0.5}]
    optimizer = nesterov(groups, lr=0.1, momentum=0.8)
    x, m = 2.0, 0.0
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
        g = gradient + 0.5 * x
        m = 0.8 * m + g
        x = x - 0.1 * (g + 0.8 * m)
    assert parameter.item() == pytest.approx(x, abs=1e-12)


def walk(formulation, rates):
    return descent.walk(nesterov, rates, formulation=formulation)


def test_the_second_formulation_is_the_papers():
    """Sutskever 2013, eq. 3-4: the gradient is taken at theta + mu v, which we hold."""
    theta, v, expected = 1.0, 0.0, []
    rates = [0.1, 0.1, 0.01, 0.02, 0.1]
    for rate in rates:
        ahead = theta + 0.9 * v
        v = 0.9 * v - rate * ahead
        theta = theta + v
        expected.append(theta + 0.9 * v)
    assert walk("rate", rates) == pytest.approx(expected, abs=1e-12)


def test_both_formulations_agree_while_the_rate_is_constant():
    a, b = walk("sum", [0.1] * 8), walk("rate", [0.1] * 8)
    assert a == pytest.approx(b, abs=1e-12)
    assert walk("sum", [0.1, 0.01]) != pytest.approx(walk("rate", [0.1, 0.01]))


def test_unknown_formulation(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match="`formulation` must be one of sum, rate"):
        nesterov([torch.ones(1)], 0.1, formulation="rates")


@pytest.mark.parametrize("value", [0.0, 1.5])
def test_out_of_range(value):
    with pytest.raises(ValueError, match="`momentum` must be"):
        nesterov([torch.ones(1)], 0.1, momentum=value)
