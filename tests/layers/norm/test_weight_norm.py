"""Weight norm: length and direction apart, the same function, and back again."""

import torch
from torch import nn

from trainwell.layers.norm import remove_weight_norm, weight_norm


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.ConvTranspose2d(4, 5, 2), nn.Flatten(), nn.Linear(45, 2)
    )


IMAGES = torch.randn(2, 3, 4, 4, generator=torch.Generator().manual_seed(0))


def test_by_hand():
    layer = nn.Linear(2, 1, bias=False)
    layer.weight.data = torch.tensor([[3.0, 4.0]])
    weight_norm(layer)
    g, v = layer.parametrizations.weight.original0, layer.parametrizations.weight.original1  # fmt: skip
    assert g.tolist() == [[5.0]]
    v.data = torch.tensor([[0.0, 7.0]])
    torch.testing.assert_close(layer.weight, torch.tensor([[0.0, 5.0]]))


def test_all_layers_are_named_once_and_compute_the_same():
    model, plain = network(), network()
    assert weight_norm(model) == ["0", "1", "3"]
    assert weight_norm(model) == []
    torch.testing.assert_close(model(IMAGES), plain(IMAGES))


def test_one_length_per_output():
    model = network()
    weight_norm(model)
    lengths = [model[i].parametrizations.weight.original0.numel() for i in (0, 1, 3)]
    assert lengths == [4, 5, 2]


def test_the_gradient_is_orthogonal_to_the_direction():
    model = network()
    weight_norm(model)
    model(IMAGES).square().sum().backward()
    v = model[3].parametrizations.weight.original1
    torch.testing.assert_close((v * v.grad).sum(1), torch.zeros(2), atol=1e-3, rtol=0)


def test_removing_gives_plain_weights_back():
    model, plain = network(), network()
    weight_norm(model)
    assert remove_weight_norm(model) == ["0", "1", "3"]
    assert remove_weight_norm(model) == []
    assert model.state_dict().keys() == plain.state_dict().keys()
    torch.testing.assert_close(model(IMAGES), plain(IMAGES))
    assert model[0].weight.requires_grad
