"""A setup starts as the seed says, whatever was built before it."""

import torch

from trainwell.runs.setup._setup import build_setup, float32_setup


def test_the_same_seed_gives_the_same_network_and_batches(opened):
    one, other = build_setup(opened()), build_setup(opened())
    for a, b in zip(one.model.parameters(), other.model.parameters(), strict=True):
        assert torch.equal(a, b)
    first = [next(s.batches.stream(0, 1)) for s in (one, other)]
    assert torch.equal(first[0].images, first[1].images)
    third = build_setup(opened("seed=1"))
    weights = [next(iter(s.model.parameters())) for s in (one, third)]
    assert not torch.equal(*weights)


def test_float32_whatever_the_recipe_says(opened):
    setup = float32_setup(opened("train.precision=bfloat16"))
    assert setup.recipe.train.precision == "float32"
    assert setup.timings == {}


def test_open_precision_is_timed(opened):
    setup = build_setup(opened("train.precision=auto"))
    assert set(setup.timings) == {"float32 contiguous", "bfloat16 contiguous"}
    assert setup.recipe.train.precision in ("float32", "bfloat16")
