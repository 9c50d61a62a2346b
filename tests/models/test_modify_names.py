"""A modification may name public builders, and nothing else that a package holds."""

import inspect

import pytest

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec, Modification, build, create
from trainwell.models._modify_names import _known, technique
from trainwell.models._modify_noise import _PLACES
from trainwell.recipes import builders


@pytest.mark.parametrize(
    ("kind", "name", "arguments"),
    [
        ("activation", "prelu", {"initial": 0.1, "per_channel": True}),
        ("norm", "group_norm", {"groups": 2}),
        ("norm", "none", {}),
        ("noise", "drop_connect", {"p": 0.1, "test": "gaussian"}),
        ("preprocess", "patch_whiten", {"patch": 5}),
        ("head", "cosine", {"scale": 3.0}),
        ("fixup", "fixup", {}),
        ("passes", "marginalised", {"draws": 3, "seed": 1}),
    ],
)
def test_what_is_known(kind, name, arguments):
    assert callable(technique(Modification(kind, name, arguments)))


@pytest.mark.parametrize("kind", ["preprocess", "activation", "norm", "noise"])
def test_all_that_a_recipe_may_name(kind):
    stages = {n for n in builders(kind) if not n.startswith("channel_")}
    wanted = stages if kind == "preprocess" else set(builders(kind))
    assert wanted <= set(_known(kind))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("activation", "swap_activation"),
        ("activation", "gain"),
        ("activation", "__doc__"),
        ("activation", "_swap"),
        ("activation", "Maxout"),
        ("norm", "fold_batch_norm"),
        ("norm", "BatchRenorm"),
        ("noise", "survival"),
        ("noise", "shake_shake"),
        ("preprocess", "fit_patch_whitening"),
        ("preprocess", "Stage"),
        ("head", "linear"),
        ("fixup", "lsuv"),
        ("passes", "dropout"),
    ],
)
def test_a_card_cannot_reach_anything_else(kind, name):
    spec = ModelSpec("cifar_resnet20", 3, 3, 8, edits=(Modification(kind, name),))
    with pytest.raises(ModelError, match=f"{kind} must be one of .*; got `{name}`"):
        build(spec)


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("activation", "prelu", "num_features"),
        ("activation", "relu", "inplace"),
        ("norm", "group_norm", "num_features"),
        ("norm", "none", "eps"),
        ("noise", "stochastic_depth", "q"),
        ("noise", "drop_connect", "activation"),
        ("preprocess", "patch_whiten", "shape"),
        ("head", "cosine", "images"),
        ("passes", "marginalised", "model"),
    ],
)
def test_arguments_are_what_a_recipe_may_give(kind, name, key):
    spec = ModelSpec(
        "cifar_resnet20", 3, 3, 8, edits=(Modification(kind, name, {key: 1}),)
    )
    with pytest.raises(ModelError, match=f"`{name}` has no argument `{key}`"):
        build(spec)


@pytest.mark.parametrize(
    ("kind", "name", "arguments"),
    [
        ("activation", "elu", {"alpha": "steep"}),
        ("noise", "dropout", {"p": 1.5}),
        ("noise", "dropout", {"p": [1]}),
        ("norm", "group_norm", {"groups": -1}),
        ("preprocess", "patch_whiten", {"patch": 4}),
        ("head", "cosine", {"scale": 0}),
        ("passes", "marginalised", {"draws": 0}),
    ],
)
def test_wrong_values_are_errors_of_the_edit(kind, name, arguments):
    edit = Modification(kind, name, arguments)
    with pytest.raises(ModelError, match=f"{kind} `{name}`: ") as raised:
        create("cifar_resnet20", num_classes=3, image_size=8, edits=[edit])
    assert "\n" not in str(raised.value)


def test_an_unknown_kind():
    edit = Modification("fixup", "fixup")
    object.__setattr__(edit, "kind", "__class__")  # as no reader of cards lets through
    with pytest.raises(
        ModelError, match="a modification must be one of preprocess, activati"
    ):
        technique(edit)


def test_a_near_name_is_suggested():
    with pytest.raises(ModelError, match="Did you mean `group_norm`"):
        technique(Modification("norm", "groupnorm"))


def test_everything_known_can_be_called():
    for kind in ("preprocess", "activation", "norm", "noise", "head", "passes"):
        for name, builder in _known(kind).items():
            assert inspect.isroutine(builder) or inspect.isclass(builder), name
    assert set(_known("noise")) == set(_PLACES)
