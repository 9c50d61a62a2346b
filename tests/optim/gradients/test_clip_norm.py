import pytest
import torch
from torch import nn

from trainwell.optim.gradients import clip_norm


def two(first, second):
    x, y = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1))
    x.grad, y.grad = torch.tensor(first), torch.tensor(second)
    return x, y


def test_by_hand():
    x, y = two([2.0, 3.0], [6.0])  # norm 7
    assert clip_norm([x, y], limit=3.5).item() == 7
    assert x.grad.tolist() == pytest.approx([1, 1.5])
    assert y.grad.tolist() == pytest.approx([3])


def test_a_small_one_is_left_as_it_is():
    x, y = two([2.0, 3.0], [6.0])
    clip_norm([x, y], limit=7.1)
    assert (x.grad.tolist(), y.grad.tolist()) == ([2, 3], [6])


def test_agrees_with_torch():
    torch.manual_seed(0)
    a, b = nn.Parameter(torch.zeros(3, 4)), nn.Parameter(torch.zeros(3, 4))
    a.grad = torch.randn(3, 4)
    b.grad = a.grad.clone()
    assert clip_norm([a], limit=0.3) == nn.utils.clip_grad_norm_([b], 0.3)
    torch.testing.assert_close(a.grad, b.grad)


@pytest.mark.parametrize("bad", [torch.inf, torch.nan])
def test_what_is_not_finite_is_told_and_left(bad):
    x, y = two([bad, 3.0], [6.0])
    assert not clip_norm([x, y], limit=1.0).isfinite()
    assert x.grad[1].item() == 3
    assert y.grad.item() == 6


def test_limit_out_of_range():
    with pytest.raises(ValueError, match="`limit` must be positive"):
        clip_norm([], limit=0.0)
