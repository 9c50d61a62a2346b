import pytest
import torch
from torch import nn

from trainwell.optim.gradients import gradient_norm


def test_by_hand():
    x, y = nn.Parameter(torch.zeros(2, 1)), nn.Parameter(torch.zeros(2))
    x.grad, y.grad = torch.tensor([[3.0], [4.0]]), torch.tensor([0.0, -12.0])
    assert gradient_norm([x, y], eps=1e-12).item() == 13
    assert x.grad.flatten().tolist() == pytest.approx([0.6, 0.8])
    assert y.grad.tolist() == pytest.approx([0, -1])


def test_the_size_of_a_block_does_not_matter_but_zero_stays_zero():
    x, y, z = (nn.Parameter(torch.zeros(3)) for _ in range(3))
    x.grad = torch.tensor([1.0, 2.0, -2.0])
    y.grad, z.grad = 1e5 * x.grad, torch.zeros(3)
    gradient_norm([x, y, z])
    torch.testing.assert_close(x.grad, y.grad)
    assert not z.grad.any()


@pytest.mark.parametrize("bad", [torch.inf, torch.nan])
def test_what_is_not_finite_is_told_and_left(bad):
    x = nn.Parameter(torch.zeros(2))
    x.grad = torch.tensor([bad, 3.0])
    assert not gradient_norm([x]).isfinite()
    assert x.grad[1].item() == 3


def test_eps_out_of_range():
    with pytest.raises(ValueError, match="`eps` must be positive"):
        gradient_norm([], eps=0.0)
