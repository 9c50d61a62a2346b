"""Shake-Shake: one mix forth, another back, the mean in evaluation."""

import torch

from trainwell.layers.stochastic import ShakeShake
from trainwell.layers.stochastic.functional import shake_shake


def branches():
    g = torch.Generator().manual_seed(0)
    first, second = torch.randn(2, 3, 2, 4, generator=g, dtype=torch.float64)
    return first.requires_grad_(), second.requires_grad_()


def test_by_hand():
    y = shake_shake(
        torch.tensor([[1.0], [1.0]]),
        torch.tensor([[5.0], [5.0]]),
        torch.tensor([0.25, 1.0]),
        torch.tensor([0.0, 0.0]),
    )
    assert y.tolist() == [[4.0], [1.0]]


def test_forward_and_backward_written_out():
    first, second = branches()
    alpha = torch.tensor([0.1, 0.5, 0.9]).double()
    beta = torch.tensor([0.7, 0.0, 0.2]).double()
    dy = torch.arange(24.0).double().view(3, 2, 4)
    y = shake_shake(first, second, alpha, beta)
    y.backward(dy)
    for n in range(3):
        mixed = alpha[n] * first[n] + (1 - alpha[n]) * second[n]
        torch.testing.assert_close(y[n], mixed)
        torch.testing.assert_close(first.grad[n], beta[n] * dy[n])
        torch.testing.assert_close(second.grad[n], (1 - beta[n]) * dy[n])


def test_with_equal_draws_it_is_a_plain_mix():
    alpha = torch.tensor([0.1, 0.5, 0.9]).double()
    assert torch.autograd.gradcheck(
        lambda a, b: shake_shake(a, b, alpha, alpha), branches()
    )


def test_the_layer_draws_apart_for_each_image_and_direction():
    torch.manual_seed(0)
    ones, zeros = torch.ones(500, 2, requires_grad=True), torch.zeros(500, 2)
    y = ShakeShake()(ones, zeros)
    y.sum().backward()
    alpha, beta = y.detach()[:, 0], ones.grad[:, 0]
    assert torch.equal(y[:, 0], y[:, 1])
    assert abs(torch.corrcoef(torch.stack([alpha, beta]))[0, 1]) < 0.2
    for drawn in (alpha, beta):
        assert drawn.min() < 0.02
        assert drawn.max() > 0.98
        assert abs(drawn.mean() - 0.5) < 4 * (1 / 12 / 500) ** 0.5


def test_evaluation_is_the_mean():
    first, second = branches()
    layer = ShakeShake().eval()
    torch.testing.assert_close(layer(first, second), (first + second) / 2)
    layer(first, second).sum().backward()
    assert (first.grad == 0.5).all()
