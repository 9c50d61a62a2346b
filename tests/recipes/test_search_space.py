"""Where a search looks, declared beside the fields."""

import re

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import (
    DEFAULT_KEYS,
    point_of,
    read_recipe,
    refuse_unused,
    search_space,
    searchable,
    with_point,
)

RECIPE = read_recipe(
    None, ["optimizer=sgd", "optimizer.lr=0.1", "optimizer.weight_decay=0.001"]
)


def test_ranges_surround_the_recipes_own_values():
    space = search_space(RECIPE, DEFAULT_KEYS)
    assert (space["optimizer.lr"].low, space["optimizer.lr"].high) == pytest.approx(
        (0.01, 1)
    )
    decay = space["optimizer.weight_decay"]
    assert (decay.low, decay.high) == pytest.approx((2e-5, 0.02))
    assert decay.log


def test_further_rates_widen_the_range_of_the_rate_alone():
    space = search_space(RECIPE, DEFAULT_KEYS, [0.5])
    assert (space["optimizer.lr"].low, space["optimizer.lr"].high) == pytest.approx(
        (0.01, 5)
    )
    assert space["optimizer.weight_decay"].high == pytest.approx(0.02)


def test_a_share_has_the_range_it_declares():
    share = search_space(RECIPE, ["loss.label_smoothing"])["loss.label_smoothing"]
    assert (share.low, share.high, share.log) == (0, 0.3, False)
    assert "schedule.warmup" in searchable()


def test_a_point_goes_into_the_recipe_and_comes_out():
    point = {"optimizer.lr": 0.3, "loss.label_smoothing": 0.25}
    changed = with_point(RECIPE, point)
    assert point_of(changed, point) == point
    assert changed.optimizer.weight_decay == 0.001
    assert RECIPE.optimizer.lr == 0.1


def test_messages():
    with pytest.raises(RecipeError, match="Did you mean `optimizer.lr`"):
        search_space(RECIPE, ["optimizer.lrr"])
    with pytest.raises(RecipeError, match="this recipe has no value there") as told:
        search_space(RECIPE, ["penalty.weight"])
    advised = re.search("such as (.*), or", str(told.value))[1].split()
    followed = read_recipe(None, advised)
    refuse_unused(followed)
    assert "penalty.weight" in search_space(followed, ["penalty.weight"])
