"""The exponential linear unit: values, smoothness at zero, saturation."""

import math

import pytest
import torch

from trainwell.layers.activations._elu import elu_layer as elu

X = torch.linspace(-4, 4, 33, dtype=torch.float64)


def test_by_hand():
    x = torch.tensor([-math.log(2), 0.0, 2.0])
    torch.testing.assert_close(elu(alpha=3.0)(x), torch.tensor([-1.5, 0.0, 2.0]))


def test_written_out_definition():
    expected = [x if x > 0 else 0.7 * (math.exp(x) - 1) for x in X.tolist()]
    torch.testing.assert_close(elu(alpha=0.7)(X), torch.tensor(expected).double())


def test_limits():
    assert abs(elu(alpha=2.0)(torch.tensor(-50.0)).item() + 2) < 1e-6


def test_gradient():
    x = X.clone().requires_grad_()
    assert torch.autograd.gradcheck(elu(), x)


def test_alpha_must_be_positive():
    with pytest.raises(ValueError, match="`alpha` must be positive, got 0"):
        elu(alpha=0)
