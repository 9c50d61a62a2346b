"""When published weights are the default, at which size, and what goes with them."""

import pytest

from trainwell.recipes import choose, read_recipe
from trainwell.recipes._choose_start import from_weights, start


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"channels": 1}, True),
        ({"channels": 4}, False),
        ({"weights": False}, False),
        ({"num_train": 2_000_000}, True),
        ({"median_height": 32, "median_width": 32, "num_train": 5_000}, True),
        ({"median_height": 32, "median_width": 32, "num_train": 50_000}, False),
        ({"median_height": 32, "median_width": 32, "channels": 1}, False),
        ({"median_height": 8, "median_width": 8}, False),
    ],
)
def test_data_that_start_from_weights(changed, expected, photographs):
    assert from_weights(read_recipe(None), photographs(**changed)) is expected


@pytest.mark.parametrize(
    ("time", "changed", "expected"),
    [
        ("240s", {}, True),
        ("60s", {}, False),  # not all images pass
        ("20m", {}, False),  # a wide network of our own learns more
        ("240s", {"channels": 1}, False),
        ("240s", {"accelerator": True}, False),
        (None, {}, False),
    ],
)
def test_many_small_images_in_little_time(time, changed, expected, photographs):
    """CIFAR-10 in 240 s: 0.904 from weights, 0.884 from random ones."""
    facts = {"median_height": 32, "median_width": 32, "num_train": 45_000}
    stats = photographs(**facts, num_evaluated=20_000, rate=123.0, **changed)
    asked = [] if time is None else [f"train.time={time}"]
    assert from_weights(read_recipe(None, asked), stats) is expected


@pytest.mark.parametrize(
    "key",
    [
        "model.name=resnet18",
        "model.pretrained=none",
        "model.pretrained=false",
        "model.arguments={dropout: 0.1}",
        "norm=group_norm",
        "activation=tanh",
        "init=orthogonal",
        "noise=dropout",
        "preprocess=zca_whiten",
        "loss=arcface",
        "data.bits=16",
    ],
)
def test_what_asks_for_another_network_starts_as_it_did(key, photographs):
    assert start(read_recipe(None, [key]), photographs()) == read_recipe(None, [key])


def test_what_is_given_stays(photographs):
    asked = ["data.image_size=96", "optimizer=sgd", "train.batch_size=7"]
    recipe, line = choose(read_recipe(None, asked), photographs())
    assert (recipe.data.image_size, recipe.optimizer.name) == (96, "sgd")
    assert recipe.train.batch_size == 7
    assert recipe.model.name == "efficientnet_lite0"
    assert "published weights" in line


def test_auto_is_written_out(photographs):
    recipe, _ = choose(read_recipe(None), photographs())
    transfer = recipe.transfer
    assert (transfer.plan, transfer.depths, transfer.solve) == (None, "all", True)
    cut = read_recipe(
        None,
        ["model.name=mobilenet_v2", "model.pretrained=w", "transfer=auto"],
    )
    assert choose(cut, photographs())[0].transfer.depths == "all"


@pytest.mark.parametrize("key", ["model.pretrained=auto", "transfer.freeze=1"])
def test_the_default_by_name(key, photographs):
    recipe, _ = choose(read_recipe(None, [key]), photographs())
    assert (recipe.model.name, recipe.model.pretrained) == ("efficientnet_lite0", True)


def test_a_network_with_weights_by_name():
    recipe = read_recipe(None, ["model.pretrained=efficientnet_lite1"])
    assert (recipe.model.name, recipe.model.pretrained) == ("efficientnet_lite1", True)


@pytest.mark.parametrize(
    ("task", "depths"),
    [("classification", "all"), ("multilabel", "parts"), ("keypoints", "cells")],
)
def test_what_the_head_reads_follows_the_task(task, depths, photographs):
    started = start(read_recipe(None), photographs(task=task))
    assert started.transfer.depths == depths


@pytest.mark.parametrize("head", ["soft_argmax", "heatmap"])
def test_nothing_is_solved_for_under_heat_maps(head, photographs):
    """The head starts at random: what is below it learns at a tenth of the rate."""
    recipe, _ = choose(read_recipe(None, [f"model.head={head}"]), photographs())
    assert (recipe.model.name, recipe.model.pretrained) == ("efficientnet_lite0", True)
    transfer = recipe.transfer
    assert (transfer.plan, transfer.depths, transfer.solve) == (None, None, None)
    assert (transfer.rate, recipe.optimizer.name, recipe.optimizer.lr) == (
        0.1,
        "adamw",
        1e-3,
    )
