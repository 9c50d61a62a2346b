"""What a recipe says about transfer."""

import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import RecipeError
from trainwell.recipes import (
    advised,
    early_head,
    has_maps,
    has_new_head,
    head_of_maps,
    head_on_all_depths,
    new_head,
    read_recipe,
    scale_backbone_lr,
)
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


def test_a_head_on_all_depths_reads_every_block(network):
    images = torch.zeros(2, 3, 16, 16)
    recipe = read_recipe(None, ["transfer.depths=all", "model.pretrained=w"])
    edit = head_on_all_depths(recipe, network, images)
    assert edit.name == "all_depths"
    assert edit.arguments["blocks"] == [f"blocks.{i}" for i in range(9)]
    assert head_on_all_depths(read_recipe(None), network, images) is None


@pytest.mark.parametrize("said", ["all", "cells", "parts"])
def test_a_head_reads_what_the_recipe_says(said, network):
    keys = [f"transfer.depths={said}", "model.pretrained=w"]
    edit = head_on_all_depths(
        read_recipe(None, keys), network, torch.zeros(2, 3, 16, 16)
    )
    marked = {k for k, v in edit.arguments.items() if v is True}
    assert marked == ({said} - {"all"})


@pytest.mark.parametrize(
    ("probes", "per_class", "fields"),
    [
        ((0.9, 0.5), 20, {"freeze": 1.0, "cut": 0.5}),
        ((0.5, 0.9), 20, {"freeze": 1.0}),
        ((0.5, 0.9), 500, {"freeze": 0.7, "rate": 0.1}),
        ((0.9, 0.5), 500, {"freeze": 0.0, "rate": 0.1}),
    ],
)
def test_fields_that_follow_advice(probes, per_class, fields):
    found = [Probe("a", probes[0], 0.01), Probe("b", probes[1], 0.01)]
    assert advised(advise(found, per_class, shares=(0.5, 1))) == fields


def test_a_head_of_maps_may_read_every_block(network):
    images = torch.zeros(2, 3, 16, 16)
    recipe = read_recipe(None, ["model.head=soft_argmax"])
    edit = head_of_maps(recipe, network, images)
    assert (edit.kind, edit.name) == ("head", "soft_argmax")
    assert edit.arguments["blocks"] == [f"blocks.{i}" for i in range(9)]
    assert new_head(recipe, network, images) == edit


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("model.head=heatmap", True),
        ("model.head=linear", False),
        ("transfer.depths=all", True),
        ("transfer.cut=0.5", True),
        ("transfer.rate=0.1", False),
    ],
)
def test_what_changes_the_head(key, changes, network):
    recipe = read_recipe(None, [key, "model.pretrained=w"])
    assert has_new_head(recipe) is changes
    edit = new_head(recipe, network, torch.zeros(2, 3, 16, 16))
    assert (edit is not None) is changes
    assert has_maps(recipe) is (key == "model.head=heatmap")
