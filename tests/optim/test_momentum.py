"""Momentum against three steps written out, and its limit."""

import jaxtyping
import pytest
import torch
from tests.optim import descent
from torch import nn

from trainwell.optim._momentum import momentum
from trainwell.optim._sgd import sgd

GRADIENTS = [1.0, -0.2, -3.0]


def run(build):
    parameter = nn.Parameter(torch.tensor([2.0], dtype=torch.float64))
    optimizer = build([{"params": [parameter], "weight_decay": 0.5}])
    for gradient in GRADIENTS:
        parameter.grad = torch.tensor([gradient], dtype=torch.float64)
        optimizer.step()
    return parameter.item()


def test_three_steps():
    x, m = 2.0, 0.0
    for g in GRADIENTS:
        m = 0.8 * m + (g + 0.5 * x)
        x = x - 0.1 * m
    result = run(lambda groups: momentum(groups, lr=0.1, momentum=0.8))
    assert result == pytest.approx(x, abs=1e-12)


def test_no_momentum_is_sgd():
    assert run(lambda groups: momentum(groups, 0.1, momentum=0.0)) == pytest.approx(
        run(lambda groups: sgd(groups, 0.1)), abs=1e-12
    )


def walk(formulation, rates):
    return descent.walk(momentum, rates, formulation=formulation)


def test_the_second_formulation_written_out():
    x, v, expected = 1.0, 0.0, []
    rates = [0.1, 0.1, 0.01, 0.02]
    for rate in rates:
        v = 0.9 * v - rate * x
        x = x + v
        expected.append(x)
    assert walk("rate", rates) == pytest.approx(expected, abs=1e-12)


def test_both_formulations_agree_while_the_rate_is_constant():
    a, b = walk("sum", [0.1] * 8), walk("rate", [0.1] * 8)
    assert a == pytest.approx(b, abs=1e-12)


def test_when_the_rate_falls_only_the_sum_obeys_at_once():
    rates = [0.1] * 4 + [0.0] * 2
    by_sum, by_rate = walk("sum", rates), walk("rate", rates)
    assert by_sum[3] == by_sum[4] == by_sum[5]
    velocity = by_rate[3] - by_rate[2]
    assert by_rate[4] - by_rate[3] == pytest.approx(0.9 * velocity)


def test_decay_in_the_second_formulation():
    groups = {"params": [nn.Parameter(torch.tensor([2.0]))], "weight_decay": 0.5}
    groups["params"][0].grad = torch.ones(1)
    momentum([groups], 0.1, formulation="rate").step()
    assert groups["params"][0].item() == pytest.approx(2 - 0.1 * (1 + 0.5 * 2))


def test_unknown_formulation(monkeypatch):
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)
    with pytest.raises(ValueError, match="`formulation` must be one of sum, rate"):
        momentum([torch.ones(1)], 0.1, formulation="rates")


def test_out_of_range():
    with pytest.raises(ValueError, match=r"`momentum` must be in \[0, 1\], got 1.5"):
        momentum([torch.ones(1)], 0.1, momentum=1.5)
