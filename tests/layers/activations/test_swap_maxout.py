"""Swapping in maxout: which pairs, same shapes, and the first piece kept."""

import jaxtyping
import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers.activations import MaxoutConv2d, MaxoutLinear, swap_maxout


@pytest.fixture(autouse=True)
def _no_type_hook(monkeypatch):
    """The hook checks arguments, and a traced argument is not a tensor."""
    monkeypatch.setattr(jaxtyping.config, "jaxtyping_disable", True)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(4, 6, 3, stride=2, padding=1, groups=2, bias=False),
        nn.Sequential(nn.BatchNorm2d(6), nn.Identity()),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(24, 5),
        nn.ReLU(),
        nn.Linear(5, 3),
    )


IMAGES = torch.randn(2, 4, 4, 4, generator=torch.Generator().manual_seed(0))


def test_pairs_are_replaced_and_the_rest_stays():
    model = network()
    report = swap_maxout(model, pieces=3)
    kinds = [type(m) for m in model]
    assert kinds == [MaxoutConv2d, nn.Sequential, nn.Identity, nn.Flatten, MaxoutLinear, nn.Identity, nn.Linear]  # fmt: skip
    assert report == [
        "0: Conv2d and 2 ReLU -> MaxoutConv2d(pieces=3)",
        "4: Linear and 5 ReLU -> MaxoutLinear(pieces=3)",
    ]
    assert model[0].affine.weight.numel() == 3 * network()[0].weight.numel()
    assert model(IMAGES).shape == (2, 3)


def test_the_first_piece_keeps_the_weights():
    model = network()
    swap_maxout(model)
    old = network()
    for new, before in ((model[0], old[0]), (model[4], old[4])):
        assert torch.equal(new.affine.weight[::2], before.weight)
        ratio = new.affine.weight[1::2].std() / before.weight.std()
        assert 0.7 < ratio < 1.4
    assert torch.equal(model[4].affine.bias[::2], old[4].bias)
    assert not model[4].affine.bias[1::2].any()
    assert model[0].affine.bias is None


def test_with_zero_pieces_it_is_the_relu_network():
    model, old = network(), network()
    model[1] = old[1] = nn.Identity()
    swap_maxout(model)
    with torch.no_grad():
        for layer in (model[0], model[4]):
            layer.affine.weight[1::2] = 0
    torch.testing.assert_close(model(IMAGES), old(IMAGES))


class Residual(nn.Module):
    """The activation follows a sum, so no single layer feeds it."""

    def __init__(self):
        super().__init__()
        self.conv, self.act = nn.Conv2d(4, 4, 1), nn.ReLU()

    def forward(self, x):
        return self.act(x + self.conv(x))


def test_where_nothing_fits():
    for model in (Residual(), nn.Sequential(nn.Linear(2, 2))):
        with pytest.raises(ModelError, match="feeds an activation module"):
            swap_maxout(model)


def test_one_piece_is_refused():
    with pytest.raises(ValueError, match="`pieces` must be in"):
        swap_maxout(network(), pieces=1)
