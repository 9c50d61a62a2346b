"""Every operation is reached by a recipe, a policy file and a search.

An operation that is added to `augment.ops` without a row in the pool fails here.
"""

import inspect
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from trainwell.augment import augment, ops
from trainwell.augment.policies import (
    POOL,
    Compose,
    Operations,
    Plain,
    Population,
    SubPolicies,
    read_policy,
    write_policy,
)
from trainwell.preprocess import Standardize
from trainwell.recipes import make_policy, read_recipe, refuse_unused, techniques
from trainwell.tuning import (
    FastAutoAugment,
    PopulationAugment,
    Turn,
    initial_policy,
    match_density,
    schedule_of,
)

NO_OPERATION = {
    "concat": "puts sequences together",
    "crop_only": "crop boxes",
    "fit": "crop boxes",
    "horizontal_flip": "crop boxes; `flip` is the operation",
    "resized_crop": "crop boxes",
    "shift": "crop boxes",
    "mixup": "batches and targets",
    "cutmix": "batches and targets",
}


def operations(module=ops):
    """Return the public functions of a module that make an operation on one image."""
    return {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and not name.startswith("_")
        and name not in NO_OPERATION
    }


NAMES = sorted(operations())
KEYS = np.arange(12, dtype=np.uint64)
IMAGES = np.random.default_rng(0).integers(40, 200, (12, 24, 24, 3), dtype=np.uint8)
UNTOUCHED = Standardize((0.0,) * 3, (1.0,) * 3)


def pixels(policy):
    return augment(
        torch.from_numpy(IMAGES), policy, key=(0, KEYS), standardize=UNTOUCHED
    )


def changed(transform):
    """Tell whether all images come out otherwise than without the transform."""
    other = pixels(Compose(Plain(), (transform,))) != pixels(Plain())
    return other.flatten(1).any(1)


def test_the_pool_has_a_row_for_every_operation_and_no_other():
    assert operations() == set(POOL) - {"identity"}


def test_a_new_operation_without_a_row_is_found():
    new = SimpleNamespace(**vars(ops), twirl=lambda degrees: ops.rotate(degrees))
    assert operations(new) - set(POOL) == {"twirl"}


def test_what_is_no_operation_makes_none():
    for name in set(NO_OPERATION) - {"concat"}:
        assert "OpSequence" not in str(inspect.signature(getattr(ops, name)))
    for name in NAMES:
        returned = inspect.signature(getattr(ops, name)).return_annotation
        assert returned is ops.OpSequence


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_has_its_name_or_a_maker(name):
    """A function that the pool calls itself has no parameter that the pool lacks."""
    row = POOL[name]
    if row.make is getattr(ops, name):
        known = {*row.parameters, "count", "key"}
        assert set(inspect.signature(row.make).parameters) <= known


@pytest.mark.parametrize("name", NAMES)
def test_a_recipe_reaches_it(name):
    recipe = read_recipe(
        None, [f"augment.operations={{op: {name}, p: 1}}", "data.image_size=24"]
    )
    refuse_unused(recipe)
    plain = read_recipe(None, ["data.image_size=24"])
    with_it, without = pixels(make_policy(recipe)), pixels(make_policy(plain))
    assert (with_it != without).flatten(1).any(1).float().mean() > 0.6
    short = read_recipe(None, [f"augment.operations={name}"])
    assert short.augment.operations == list(Operations(name).operations)


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_file_holds_it(name, tmp_path):
    path = tmp_path / "policy.yaml"
    for policy in (
        Operations([{"op": name, "p": 0.9}, {"one_of": [name, "flip"], "p": 1}]),
        SubPolicies((((name, 0.5, 0.8),),)),
        Population([[1.0, 1.0]], [[0.5, 1.0]], [1.0], [name]),
    ):
        path.write_text(write_policy(policy))
        again = read_policy(path)
        assert torch.equal(
            pixels(Compose(Plain(), (again,))), pixels(Compose(Plain(), (policy,)))
        )
        assert changed(policy).any()


@pytest.mark.parametrize("name", NAMES)
def test_a_search_may_choose_it(name):
    options = FastAutoAugment(rounds=1, trials=2, chains=1, operations=(name,))
    tried = match_density(
        lambda policy, number: changed(policy).float().mean().item(),
        options,
        fold=0,
        seed=3,
    )
    assert {o[0] for t in tried for c in t.chains for o in c} == {name}
    chosen = PopulationAugment(operations=(name,)).operations
    policy = tuple(9 for _ in initial_policy(chosen))
    assert changed(schedule_of([Turn(0, policy, 0.5)], [1.0], chosen)).any()


def test_the_table_of_techniques_names_the_key_of_each():
    named = {
        e.recipe.partition("augment.operations=")[2]
        for e in techniques()
        if e.path.startswith("trainwell.augment.ops.")
    }
    for e in techniques():
        if e.path.startswith("trainwell.augment."):
            assert e.recipe, f"{e.path} is reached from Python only"
            if e.recipe.startswith("augment.operations="):
                read_recipe(None, [e.recipe])
    read = {Operations(name).operations[0]["op"] for name in named if name}
    assert read == set(NAMES) - {"flip"}, "augment.flip stands for it"
