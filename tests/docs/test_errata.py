"""Every line of docs/errata.md, settled."""

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from trainwell.layers.norm import functional as norm
from trainwell.layers.passes import (
    batch_norm_backward,
    batch_norm_forward,
    dropout_forward,
)
from trainwell.layers.stochastic import Dropout
from trainwell.losses import penalties
from trainwell.optim import Adam
from trainwell.schedules import scale_rate

PAGE = Path(__file__).parents[2] / "docs" / "errata.md"
X = np.random.default_rng(0).normal(3, 2, (64, 2))


def test_the_page_has_a_line_per_test():
    lines = re.findall(r"^\*\*", PAGE.read_text("utf-8"), re.MULTILINE)
    tests = [n for n in globals() if n.startswith("test_") and "page" not in n]
    assert len(lines) == len(tests) == 7


def test_a_larger_batch_multiplies_the_rate():
    """Over 8 samples one step of the large batch is as long as its four small ones."""
    assert scale_rate(0.1, batch_size=1024, base_batch_size=256) == pytest.approx(0.4)
    gradients = np.full((4, 2), 0.7)  # of four small batches, all alike
    small = (0.1 * gradients.mean(1)).sum()
    rate = scale_rate(0.1, batch_size=8, base_batch_size=2)
    assert rate * gradients.mean() == pytest.approx(small)


def test_p_is_the_probability_to_drop():
    torch.manual_seed(0)
    dropped = Dropout(0.3).train()(torch.ones(100_000)) == 0
    assert dropped.float().mean().item() == pytest.approx(0.3, abs=0.01)


def test_a_test_is_not_scaled():
    x = torch.randn(50)
    assert torch.equal(Dropout(0.3).eval()(x), x)
    inside, _ = dropout_forward(X, 0.3, np.random.default_rng(0), train=False)
    np.testing.assert_array_equal(inside, X)
    outside = inside / (1 - 0.3)  # as the slide has it
    assert outside.mean() > 1.4 * X.mean()


def test_gamma_sigma_and_beta_mu_are_the_identity():
    x = torch.tensor(X)
    mean, deviation = x.mean(0), x.std(0, correction=0)
    y = norm.batch_norm(x, None, None, deviation, mean, training=True, eps=1e-12)
    torch.testing.assert_close(y, x)
    y = norm.batch_norm(x, None, None, None, None, training=True, eps=1e-12)
    torch.testing.assert_close(y.mean(0), torch.zeros(2).double())
    torch.testing.assert_close(y.std(0, correction=0), torch.ones(2).double())


def test_the_gradient_of_gamma_is_of_the_normalised_input():
    dy = np.random.default_rng(1).normal(size=X.shape)
    _, cache = batch_norm_forward(X, np.ones(2), np.zeros(2))
    _, dgamma, _ = batch_norm_backward(dy, cache)
    up, down = (
        (batch_norm_forward(X, np.full(2, g), np.zeros(2))[0] * dy).sum(0)
        for g in (1 + 1e-6, 1 - 1e-6)
    )
    np.testing.assert_allclose(dgamma, (up - down) / 2e-6, rtol=1e-6)
    assert not np.allclose(dgamma, (dy * X).sum(0), rtol=0.1)


def test_the_l2_penalty_is_the_sum_of_squares():
    w = torch.tensor([3.0, 4.0], requires_grad=True)
    loss = penalties.l2([w])
    loss.backward()
    assert loss.item() == 25
    assert w.grad.tolist() == [6, 8]


@pytest.mark.parametrize("gradient", [1e-3, 1.0, 1e3])
def test_adam_starts_at_one(gradient):
    with pytest.raises(ZeroDivisionError):
        _ = gradient / (1 - 0.9**0)
    w = torch.nn.Parameter(torch.tensor([2.0]))
    w.grad = torch.tensor([gradient])
    Adam([w], lr=0.1).step()
    assert w.item() == pytest.approx(1.9, abs=1e-5)
