import math

import pytest
import torch
from torch import nn

from trainwell.init import init_weights_, random_walk_
from trainwell.init._random_walk import random_walk_gain


def test_by_hand():
    assert random_walk_gain(100, activation="linear") == pytest.approx(math.exp(0.005))
    assert random_walk_gain(100) == pytest.approx(2**0.5 * math.exp(1.2 / 97.6))
    assert random_walk_gain(3) == random_walk_gain(6)


def test_variance_within_four_sigma():
    weight = random_walk_(
        torch.empty(400, 50, dtype=torch.float64), activation="linear"
    )
    expected = math.exp(1 / 50) / 50
    assert abs(weight.var() / expected - 1) < 4 * (2 / weight.numel()) ** 0.5


def drift(plain, act, rule, draws=60, depth=30, width=16):
    """Mean of the log ratio of gradient norms at the ends, and its standard error."""
    model = plain(depth=depth, width=width, act=act, inputs=width, outputs=width)
    logs = []
    for seed in range(draws):
        torch.manual_seed(seed)
        init_weights_(model, rule)
        x = torch.randn(1, width, requires_grad=True)
        y = model[:-1](x)
        noise = torch.randn_like(y)
        (g,) = torch.autograd.grad((y * noise).sum(), x)
        logs.append((g.norm() / noise.norm()).log())
    logs = torch.stack(logs)
    logs = logs[logs.isfinite()]
    return logs.mean().item(), logs.std().item() / len(logs) ** 0.5


def test_linear_gradients_walk_without_drift(plain):
    mean, error = drift(
        plain, nn.Identity, lambda w: random_walk_(w, activation="linear")
    )
    assert abs(mean) < 4 * error
    plain_mean, _ = drift(plain, nn.Identity, lambda w: w.normal_(0, len(w) ** -0.5))
    assert plain_mean < -4 * error  # without the correction they shrink


def test_rectified_gradients_walk_with_little_drift(plain):
    """The formula is the paper's fit over widths; it is good to about 0.1 per layer."""
    mean, error = drift(plain, nn.ReLU, random_walk_)
    assert abs(mean) < 0.06 * 30 + 4 * error
    he_mean, _ = drift(plain, nn.ReLU, lambda w: w.normal_(0, (2 / len(w)) ** 0.5))
    assert he_mean < mean - 1


def test_messages():
    with pytest.raises(ValueError, match="`width` must be positive"):
        random_walk_gain(0)
