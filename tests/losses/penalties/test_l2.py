import pytest
import torch

from trainwell.losses.penalties import l2
from trainwell.optim._sgd import sgd


def test_by_hand():
    weights = [torch.tensor([[1.0, -2.0]]), torch.tensor([3.0])]
    assert l2(weights).item() == 14


def test_it_is_a_weight_decay_of_twice_its_multiplier():
    a, b = (torch.nn.Parameter(torch.tensor([1.0, -2.0])) for _ in range(2))
    (0.1 * l2([a])).backward()
    sgd([a], 0.5).step()
    b.grad = torch.zeros(2)
    sgd([{"params": [b], "weight_decay": 0.2}], 0.5).step()
    torch.testing.assert_close(a, b)


def test_no_weights():
    with pytest.raises(ValueError, match="`weights` must hold at least one"):
        l2([])
