"""Stochastic depth: whole images, kept mean, the linear rule, identity."""

import math

import pytest
import torch

from trainwell.layers.stochastic import StochasticDepth, survival_probability
from trainwell.layers.stochastic.functional import stochastic_depth


def test_by_hand():
    branch = torch.ones(3, 2, 1, 1)
    y = stochastic_depth(branch, torch.tensor([1.0, 0.0, 1.0]), p=0.2)
    torch.testing.assert_close(y.flatten(1)[:, 0], torch.tensor([1.25, 0.0, 1.25]))


def test_images_are_dropped_or_scaled_whole():
    torch.manual_seed(0)
    values = StochasticDepth(p=0.25)(torch.ones(64, 2, 3, 3)).flatten(1)
    assert (values == values[:, :1]).all()
    torch.testing.assert_close(values[:, 0].unique(), torch.tensor([0.0, 1 / 0.75]))


def test_mean_is_kept():
    torch.manual_seed(0)
    n, p = 100_000, 0.3
    sigma = math.sqrt(p / (1 - p) / n)
    assert abs(StochasticDepth(p=p)(torch.ones(n, 1)).mean() - 1) < 4 * sigma


def test_survival_falls_linearly_from_near_1_to_the_last():
    # the paper's l runs from 1 to L
    rates = [survival_probability(i, 5, last=0.5) for i in range(5)]
    assert rates == pytest.approx([0.9, 0.8, 0.7, 0.6, 0.5])
    assert survival_probability(3, 10, last=1.0) == 1
    assert survival_probability(0, 54) == pytest.approx(1 - 1 / 108)


def test_limits_and_evaluation():
    x = torch.randn(4, 3)
    assert StochasticDepth(p=0.5).eval()(x) is x
    assert StochasticDepth(p=0.0)(x) is x
    assert torch.equal(StochasticDepth(p=1.0)(x), torch.zeros(4, 3))


def test_gradient():
    x = torch.randn(3, 2, dtype=torch.float64, requires_grad=True)
    kept = torch.tensor([1.0, 0.0, 1.0]).double()
    assert torch.autograd.gradcheck(lambda b: stochastic_depth(b, kept, p=0.3), x)


def test_messages():
    with pytest.raises(ValueError, match=r"`p` must be in \[0, 1\], got 1.5"):
        StochasticDepth(p=1.5)
    with pytest.raises(ValueError, match=r"`index` must be in \[0, 4\], got 5"):
        survival_probability(5, 5)
