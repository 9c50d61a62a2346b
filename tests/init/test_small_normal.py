import pytest
import torch

from trainwell.init import init_weights_, small_normal_


def test_deviation_within_four_sigma():
    n = 200 * 300
    weight = small_normal_(torch.empty(200, 300, dtype=torch.float64), std=0.05)
    assert abs(weight.std() / 0.05 - 1) < 4 / (2 * n) ** 0.5
    assert abs(weight.mean() / 0.05) < 4 / n**0.5


def test_deep_activations_collapse(plain, digits):
    """The lecture's point: each of thirty layers shrinks the signal."""
    model = plain(act=torch.nn.Tanh)
    init_weights_(model, small_normal_)
    assert model[:-1](digits[0]).std() < 1e-20


def test_messages():
    with pytest.raises(ValueError, match="`std` must be positive, got 0"):
        small_normal_(torch.empty(2, 2), std=0)
