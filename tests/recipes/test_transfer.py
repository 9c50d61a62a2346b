"""What a recipe says about transfer."""

import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.recipes import apply_advice, early_head, read_recipe, scale_backbone_lr
from trainwell.transfer import Probe, advise, blocks


@pytest.fixture
def network():
    return models.create("cifar_resnet20", num_classes=3, image_size=16).model


def test_the_backbone_learns_more_slowly(network):
    found = blocks(network, torch.zeros(2, 3, 16, 16))
    optimizer = torch.optim.SGD(network.parameters(), lr=1.0)
    recipe = read_recipe(None, ["transfer.rate=0.1", "model.pretrained=w"])
    scale_backbone_lr(recipe, optimizer, found)
    rates = {id(p): g["lr"] for g in optimizer.param_groups for p in g["params"]}
    head = {id(p) for p in found[-1].parameters()}
    assert {rates[i] for i in head} == {1.0}
    assert {rates[i] for i in rates if i not in head} == {0.1}


def test_an_early_head_leaves_out_a_block(network):
    images = torch.zeros(2, 3, 16, 16)
    recipe = read_recipe(None, ["transfer.cut=0.5", "model.pretrained=w"])
    assert early_head(recipe, network, images).name == "early"
    all_of_it = read_recipe(None, ["transfer.cut=0.999", "model.pretrained=w"])
    with pytest.raises(RecipeError, match="must leave out a block"):
        early_head(all_of_it, network, images)
    assert early_head(read_recipe(None), nn.Identity(), images) is None


def test_advice_takes_the_place_of_auto():
    advice = advise([Probe("a", 0.9, 0.01), Probe("b", 0.5, 0.01)], 20, shares=(0.5, 1))
    recipe = read_recipe(None, ["transfer=auto", "model.pretrained=w"])
    settled = apply_advice(recipe, advice).transfer
    assert (settled.plan, settled.freeze, settled.cut) == (None, 1, 0.5)
    assert settled.rate is None, "nothing below the head learns"
    kept = read_recipe(
        None, ["transfer=auto", "transfer.rate=0.3", "model.pretrained=w"]
    )
    assert apply_advice(kept, advice).transfer.rate == 0.3
