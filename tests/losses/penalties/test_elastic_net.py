import pytest
import torch

from trainwell.losses.penalties import elastic_net, l1, l2


def test_by_hand():
    weights = [torch.tensor([[1.0, -2.0]]), torch.tensor([3.0])]
    assert elastic_net(weights, l2_share=0.5).item() == 0.5 * 14 + 6


def test_it_is_l1_and_a_share_of_l2():
    weights = [torch.randn(3, 4), torch.randn(5)]
    torch.testing.assert_close(elastic_net(weights, l2_share=0.0), l1(weights))
    expected = l1(weights) + 0.3 * l2(weights)
    torch.testing.assert_close(elastic_net(weights, l2_share=0.3), expected)


def test_a_negative_share():
    with pytest.raises(ValueError, match="`l2_share` must be in"):
        elastic_net([torch.ones(1)], l2_share=-1.0)
