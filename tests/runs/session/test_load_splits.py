import numpy as np

from trainwell.core.progress import silent
from trainwell.recipes import read_recipe
from trainwell.runs.session._load_splits import load_splits, reading_of

PAIRS = (
    np.random.default_rng(0).integers(0, 256, (60, 8, 8), np.uint8),
    np.array(["cat", "dog", "ship"] * 20),
)


def test_the_recipe_says_how_data_are_cut():
    words = ["data.split=stratified", "data.classes=[cat, dog]", "data.split_seed=4"]
    splits = load_splits(PAIRS, read_recipe(None, words), silent)
    assert splits.classes == ("cat", "dog")
    assert np.bincount(splits.test.targets).tolist() == [4, 4]


def test_every_option_of_reading_is_a_field():
    words = [
        "data.image_column=a", "data.target_column=b", "data.group_column=c",
        "data.image_folder=d", "data.image_suffix=.e", "data.pattern=f",
        "data.classes=[g]", "data.merge={h: [i, j]}",
    ]  # fmt: skip
    reading = reading_of(read_recipe(None, words))
    assert reading.given == (
        "image_column", "target_column", "group_column", "image_folder",
        "image_suffix", "pattern",
    )  # fmt: skip
    assert (reading.classes, reading.merge) == (("g",), {"h": ("i", "j")})
