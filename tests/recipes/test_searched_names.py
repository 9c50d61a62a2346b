"""Names that a search chooses among, and the numbers that depend on them."""

import pytest

from trainwell.recipes import (
    DataStats,
    choose,
    point_of,
    read_recipe,
    search_space,
    with_names,
    with_point,
)
from trainwell.tuning import Choices, Conditional, Range, random_point

STATS = DataStats(
    num_train=1000, num_classes=10, channels=1, median_height=28, median_width=28,
    imbalance=1.0, mirror=False, accelerator=False, cores=2,
)  # fmt: skip
REQUESTED = read_recipe(None, ["train.batch_size=50"])
RECIPE, _ = choose(REQUESTED, STATS)
EVERY = (
    "model.name", "optimizer.name", "schedule.name", "augment.name", "noise.name",
    "penalty.name", "noise.p", "penalty.weight", "train.batch_size", "optimizer.lr",
    "optimizer.weight_decay",
)  # fmt: skip


def at(point):
    return choose(with_names(REQUESTED, point), STATS)[0]


def test_the_recipes_own_name_comes_first_and_once():
    space = search_space(RECIPE, ["model.name", "optimizer.name", "noise.name"], at=at)
    assert space["model.name"].options[0] == RECIPE.model.name == "airbench"
    assert space["optimizer.name"].options == ("muon", "nesterov", "adamw")
    assert space["noise.name"].options[:2] == ("none", "dropout")
    other, _ = choose(read_recipe(None, ["model=softmax"]), STATS)
    assert search_space(other, ["model.name"])["model.name"].options[0] == "softmax"


def test_rates_surround_the_default_of_each_optimizer():
    space = search_space(RECIPE, ["optimizer.lr", "optimizer.name"], [0.9], at)
    rates = space["optimizer.lr"]
    assert list(space) == ["optimizer.name", "optimizer.lr"]
    assert isinstance(rates, Conditional)
    for name, own in (("nesterov", 0.05), ("adamw", 1e-3)):
        found = rates.table[name,]
        assert (found.low, found.high) == pytest.approx((own / 10, own * 10))
    assert rates.table["muon",].high == pytest.approx(
        10 * max(0.9, RECIPE.optimizer.lr)
    )


def test_an_optimizer_follows_from_the_network_unless_it_was_given():
    space = search_space(RECIPE, ["model.name", "optimizer.lr"], at=at)
    rates = space["optimizer.lr"].table
    assert rates["lenet",].high == pytest.approx(0.5)
    assert rates["airbench",].high == pytest.approx(10 * RECIPE.optimizer.lr)


def test_numbers_without_a_name_to_belong_to_are_left_out():
    keys = ["noise.name", "noise.p", "penalty.name", "penalty.weight"]
    space = search_space(RECIPE, keys, at=at)
    for number in range(60):
        point = random_point(space, seed=0, number=number)
        for name, value in (
            ("noise.name", "noise.p"),
            ("penalty.name", "penalty.weight"),
        ):
            assert (value in point) == (point[name] != "none")


def test_noise_alone_may_be_none_and_is_dropout():
    space = search_space(RECIPE, ["noise.p"])
    assert space["noise.p"] == Range(0.05, 0.5, log=False, beside=(0.0,))
    assert point_of(RECIPE, space) == {"noise.p": 0.0}
    noisy = with_point(RECIPE, {"noise.p": 0.3})
    assert (noisy.noise.name, noisy.noise.arguments()) == ("dropout", {"p": 0.3})
    assert with_point(noisy, {"noise.p": 0.0}).noise.name is None


def test_weight_decay_includes_none_beside_its_range():
    space = search_space(RECIPE, ["optimizer.weight_decay"])
    assert space["optimizer.weight_decay"].beside == (0.0,)
    assert (
        with_point(RECIPE, {"optimizer.weight_decay": 0.0}).optimizer.weight_decay == 0
    )


def test_batch_sizes_are_whole():
    space = search_space(RECIPE, ["train.batch_size"])
    assert space["train.batch_size"] == Choices((25, 50, 100))
    changed = with_point(RECIPE, {"train.batch_size": 25.0}).train.batch_size
    assert (changed, type(changed)) == (25, int)


def test_arguments_of_another_name_are_left_out():
    given = read_recipe(None, ["optimizer=nesterov", "optimizer.momentum=0.8"])
    changed = with_names(given, {"optimizer.name": "adamw"})
    assert changed.optimizer.arguments() == {}
    assert with_names(given, {"optimizer.name": "nesterov"}) is given
    kept = read_recipe(None, ["augment=randaugment", "augment.crop=none"])
    plain = with_names(kept, {"augment.name": "none"}).augment
    assert (plain.name, plain.crop) == (None, "none")


@pytest.mark.parametrize("number", range(40))
def test_every_point_is_a_recipe_that_is_whole(number):
    space = search_space(RECIPE, EVERY, at=at)
    point = random_point(space, seed=3, number=number)
    recipe = with_point(
        at({k: v for k, v in point.items() if isinstance(v, str)}), point
    )
    from trainwell.recipes import refuse_unused

    refuse_unused(recipe)
    assert point_of(recipe, space) == pytest.approx(point)


def test_the_default_is_a_point_of_the_space():
    space = search_space(RECIPE, EVERY, at=at)
    point = point_of(RECIPE, space)
    assert point["noise.name"] == "none"
    assert "noise.p" not in point
    assert with_point(RECIPE, point).optimizer == RECIPE.optimizer
