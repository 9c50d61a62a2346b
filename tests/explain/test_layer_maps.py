"""Maps and tokens of a layer."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.explain import grad_cam
from trainwell.explain._layer_maps import as_maps, last_maps, layer_gradient

IMAGE = torch.zeros(2, 3, 8, 16)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((2, 5, 2, 4), (2, 5, 2, 4)),
        ((2, 5, 1, 1), None),
        ((2, 8, 5), (2, 5, 2, 4)),  # an image twice as wide as high
        ((2, 9, 5), (2, 5, 2, 4)),  # with a class token
        ((2, 7, 5), None),
        ((2, 5), None),
        ((1, 8, 5), None),
    ],
)
def test_outputs_as_maps(shape, expected):
    maps = as_maps(torch.zeros(shape), IMAGE)
    assert (None if maps is None else tuple(maps.shape)) == expected


def test_tokens_keep_their_places():
    tokens = torch.arange(9.0)[None, :, None].expand(2, -1, 1)
    maps = as_maps(tokens, IMAGE)
    assert maps[0, 0].tolist() == [[1, 2, 3, 4], [5, 6, 7, 8]]


def test_the_last_layer_with_places_on_which_the_answer_depends(make, images):
    conv = make("conv").eval()
    assert last_maps(conv, images, None) is conv[7]  # behind it, places are gone
    attention = make("attention").eval()
    # of what the last layers put out, only the class token is read
    assert last_maps(attention, images, None) is attention.norm


def test_in_place_layers_do_not_change_what_is_kept(make, images):
    network = make("conv").eval()
    maps, _ = layer_gradient(network, images, 0, network[1])
    assert torch.allclose(maps, network[1](images.relu()), atol=1e-6)


def test_a_layer_that_takes_no_part(make, images):
    network = make("conv")
    network.add_module("idle", nn.Identity())
    network.forward = lambda x: nn.Sequential(*list(network)[:-1])(x)
    with pytest.raises(ModelError, match="takes no part"):
        grad_cam(network, images, layer="idle")


def test_errors(make, images):
    with pytest.raises(ModelError, match="no layer of this network puts out maps"):
        grad_cam(make("linear"), images)
    with pytest.raises(ModelError, match=r"no maps or tokens .* shape \(5, 3\)"):
        grad_cam(make("conv"), images, layer="10")
    with pytest.raises(ValueError, match="got 'atention'. Did you mean `attention`"):
        grad_cam(make("attention"), images, layer="atention")
    with pytest.raises(ValueError, match="must be a layer of the network"):
        grad_cam(make("conv"), images, layer=nn.ReLU())
