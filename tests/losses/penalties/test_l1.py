import pytest
import torch

from trainwell.losses.penalties import l1


def test_by_hand():
    weights = [torch.tensor([[1.0, -2.0]]), torch.tensor([3.0])]
    assert l1(weights).item() == 6


def test_gradient_is_the_sign():
    w = torch.tensor([2.0, -0.1, 0.0], requires_grad=True)
    l1([w]).backward()
    assert w.grad.tolist() == [1, -1, 0]


def test_many_half_precision_weights_do_not_saturate():
    assert l1([torch.ones(1000).bfloat16()]).item() == 1000


def test_no_weights():
    with pytest.raises(ValueError, match="`weights` must hold at least one"):
        l1([])
