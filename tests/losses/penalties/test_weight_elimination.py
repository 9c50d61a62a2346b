import pytest
import torch

from trainwell.losses.penalties import l2, weight_elimination


def test_by_hand():
    # (1/2)^2 = 1/4 -> 1/5; (-4/2)^2 = 4 -> 4/5
    weights = [torch.tensor([[1.0]]), torch.tensor([-4.0])]
    assert weight_elimination(weights, scale=2.0).item() == pytest.approx(1.0)


def test_large_weights_count_one_and_small_ones_as_l2():
    large, small = torch.tensor([1e4, -1e4]), torch.tensor([1e-3, 2e-3])
    assert weight_elimination([large]).item() == pytest.approx(2, abs=1e-6)
    expected = l2([small / 0.5])
    torch.testing.assert_close(
        weight_elimination([small], scale=0.5), expected, rtol=1e-4, atol=0
    )


def test_gradient():
    w = torch.linspace(-2, 2, 7, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda w: weight_elimination([w], scale=0.7), w)


def test_scale_out_of_range():
    with pytest.raises(ValueError, match="`scale` must be positive"):
        weight_elimination([torch.ones(1)], scale=0.0)
