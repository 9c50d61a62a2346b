"""The size of images follows the time, their own size, and what is told of them."""

import pytest

from trainwell.recipes import read_recipe
from trainwell.recipes._choose_size import SMALLEST, image_size, passes


@pytest.mark.parametrize(
    ("time", "changed", "size"),
    [
        (None, {}, 224),
        ("60s", {"rate": 85.0, "num_evaluated": 650}, 288),
        ("60s", {"rate": 50.0, "num_evaluated": 650}, 224),
        ("20s", {"rate": 85.0, "num_train": 100, "num_evaluated": 900}, 224),
        ("60s", {}, 288),
        ("10s", {}, 96),
        ("60s", {"num_train": 100_000}, 96),
        ("1s", {"num_train": 100_000, "accelerator": True}, 224),
        ("60s", {"median_height": 32, "median_width": 32}, 128),
        ("10m", {"num_train": 20_000}, 288),
    ],
)
def test_the_size_follows_the_time(time, changed, size, photographs):
    asked = [] if time is None else [f"train.time={time}"]
    assert image_size(read_recipe(None, asked), photographs(**changed)) == size


@pytest.mark.parametrize(
    ("task", "side", "size"),
    [
        ("classification", 64, 128),
        ("multilabel", 64, 256),
        ("multilabel", 32, 128),
        ("multilabel", 24, 96),
        ("multilabel", 16, SMALLEST),
        ("multilabel", 300, 288),
        ("keypoints", 64, SMALLEST),
        ("keypoints", 128, 128),
    ],
)
def test_parts_are_enlarged_and_points_are_not(task, side, size, photographs):
    stats = photographs(task=task, median_height=side, median_width=side, num_train=500)
    assert image_size(read_recipe(None, ["train.time=10m"]), stats) == size


def test_what_passes_in_nine_tenths_less_six_seconds(photographs):
    """A rate of 10 images of 224 px per second: 480 in 60 s."""
    recipe = read_recipe(None, ["train.time=60s"])
    for count, fits in ((480, True), (481, False)):
        stats = photographs(num_train=count, rate=10.0)
        assert passes(recipe, stats, 224) is fits
