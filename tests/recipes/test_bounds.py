"""Numbers beyond all use are refused, with the bound."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import Recipe, keys, read_recipe
from trainwell.recipes._bounds import _MOST, refuse_extreme


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("train.threads=100000", r"`train.threads` must be at most 1,024, got 100000"),
        ("ensemble=100000000000000000000000", r"`ensemble.size` must be at most 1,000"),
        ("prune={name: lottery_ticket, rounds: 1000000000000}", "at most 1,000"),
        ("model={name: mlp, arguments: {widths: [1000000]}}", "at most 65,536, got 10"),
        ("seed=99999999999999999999", r"`seed` must be at most 9,223,372,036,854,775"),
        ("data.split_seed=-9223372036854775809", r"must be at least -9,223,372,036,8"),
        ("train.epochs=1e300", r"`train.epochs` must be at most 1,000,000.0, got 1e"),
        ("data.memory_gb=1e308", "`data.memory_gb` must be at most"),
        ("optimizer.lr=1e308", "`optimizer.lr` must be at most 1e"),
        ("optimizer.lr=1e-310", "`optimizer.lr` must be 0 or at least 1e-30 in size"),
        ("norm={name: batch_renorm, r_steps: 10000000000}", "at most 1,000,000,000"),
        ("train.time=1e99", "`train.time` must be at most ten years"),
        ("train.time=9999999h", "`train.time` must be at most ten years"),
    ],
)
def test_what_is_refused(override, message):
    with pytest.raises(RecipeError, match=message) as error:
        read_recipe(None, [override])
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


def test_the_largest_seed_is_a_seed():
    assert read_recipe(None, [f"seed={2**63 - 1}"]).seed == 2**63 - 1


def test_bounds_are_of_keys_that_exist():
    assert set(_MOST) <= {*keys()}


def test_defaults_are_within_bounds():
    refuse_extreme(Recipe().model_dump())


def test_many_numbers():
    arguments = {"model": {"arguments": {"widths": 20_000 * [1]}}}
    with pytest.raises(RecipeError, match="at most 10,000 numbers"):
        refuse_extreme(arguments)
