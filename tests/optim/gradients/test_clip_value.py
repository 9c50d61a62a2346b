import pytest
import torch
from torch import nn

from trainwell.optim.gradients import clip_value


def test_by_hand():
    x, y = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(1))
    x.grad, y.grad = torch.tensor([3.0, -0.2]), torch.tensor([-4.0])
    norm = clip_value([x, y], limit=0.5)
    assert x.grad.tolist() == pytest.approx([0.5, -0.2])
    assert y.grad.tolist() == [-0.5]
    assert norm.item() == pytest.approx((9 + 0.04 + 16) ** 0.5)


def test_infinity_is_clipped_and_told():
    x = nn.Parameter(torch.zeros(2))
    x.grad = torch.tensor([torch.inf, 0.5])
    assert clip_value([x]).isinf()
    assert x.grad.tolist() == [1, 0.5]


def test_limit_out_of_range():
    with pytest.raises(ValueError, match="`limit` must be positive"):
        clip_value([], limit=0.0)
