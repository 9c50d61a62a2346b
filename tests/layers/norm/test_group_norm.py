"""Group norm: its axes, its limits, and which number of groups is taken."""

import numpy as np
import pytest
import torch

from trainwell.layers.norm._group_norm import group_norm_layer as group_norm
from trainwell.layers.norm._instance_norm import instance_norm_layer as instance_norm
from trainwell.layers.norm._layer_norm import layer_norm_layer as layer_norm

X = torch.randn(2, 6, 3, 4, generator=torch.Generator().manual_seed(0)) * 3 + 1


def test_by_hand():
    x = torch.tensor([[1.0, 3.0, 10.0, 30.0]])
    y = group_norm(4, groups=2, eps=1e-12)(x)
    torch.testing.assert_close(y, torch.tensor([[-1.0, 1.0, -1.0, 1.0]]))


def test_written_out_definition():
    x = X.double().numpy()
    expected = np.empty_like(x)
    for n in range(2):
        for g in range(3):
            part = x[n, 2 * g : 2 * g + 2]
            mu, var = part.mean(), part.var()
            expected[n, 2 * g : 2 * g + 2] = (part - mu) / np.sqrt(var + 0.1)
    y = group_norm(6, groups=3, eps=0.1).double()(X.double())
    np.testing.assert_allclose(y.detach(), expected, rtol=1e-9, atol=1e-12)


def test_limits():
    torch.testing.assert_close(group_norm(6, groups=1)(X), layer_norm(6)(X))
    torch.testing.assert_close(group_norm(6, groups=6)(X), instance_norm(6)(X))


@pytest.mark.parametrize(
    ("channels", "groups", "taken"),
    [(64, 32, 32), (48, 32, 24), (16, 32, 16), (7, 4, 1), (6, 5, 3)],
)
def test_the_largest_divisor_is_taken(channels, groups, taken):
    assert group_norm(channels, groups=groups).num_groups == taken


def test_training_and_evaluation_and_batches_agree():
    layer = group_norm(6, groups=2)
    torch.testing.assert_close(layer.eval()(X[:1]), layer.train()(X)[:1])


def test_messages():
    with pytest.raises(ValueError, match="`groups` must be positive, got 0"):
        group_norm(4, groups=0)
