"""Cosines by hand, written out, and at their limits."""

import numpy as np
import torch

from trainwell.losses import cosine_similarities


def test_by_hand():
    features = torch.tensor([[3.0, 4.0], [0.0, -2.0]])
    weights = torch.tensor([[10.0, 0.0], [0.0, 0.5], [1.0, 1.0]])
    half = 0.5**0.5
    torch.testing.assert_close(
        cosine_similarities(features, weights),
        torch.tensor([[0.6, 0.8, 1.4 * half], [0.0, -1.0, -half]]),
    )


def test_written_out_definition():
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(3, 5)), rng.normal(size=(4, 5))
    expected = [[sum(a * b) / np.sqrt(sum(a * a) * sum(b * b)) for b in w] for a in x]
    cosines = cosine_similarities(torch.from_numpy(x), torch.from_numpy(w))
    np.testing.assert_allclose(cosines.numpy(), expected, rtol=1e-12)


def test_lengths_do_not_matter_and_zeros_are_zero():
    torch.manual_seed(0)
    x, w = torch.randn(3, 5), torch.randn(4, 5)
    torch.testing.assert_close(
        cosine_similarities(7 * x, 0.1 * w), cosine_similarities(x, w)
    )
    assert not cosine_similarities(torch.zeros(1, 5), w).any()


def test_half_precision_is_raised():
    x, w = torch.ones(2, 3).bfloat16(), torch.ones(4, 3)
    assert cosine_similarities(x, w).dtype == torch.float32


def test_gradient():
    torch.manual_seed(0)
    x = torch.randn(2, 3, dtype=torch.float64, requires_grad=True)
    w = torch.randn(4, 3, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(cosine_similarities, (x, w))
