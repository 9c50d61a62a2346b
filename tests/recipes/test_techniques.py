"""The table of techniques is whole: every row, every recipe name, every part."""

import inspect
from pathlib import Path

import pytest

from trainwell.recipes import builders, section_names, techniques, value_of

ROOT = Path(__file__).parents[2]
TABLE = techniques()
ASKED = [
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "prelu",
    "elu",
    "selu",
    "maxout",
    "swish",
    "gain",
    "mean_image",
    "channel_mean",
    "channel_standardize",
    "feature_standardize",
    "pca_decorrelate",
    "pca_whiten",
    "zca_whiten",
    "patch_whiten",
    "small_normal",
    "xavier_normal",
    "xavier_uniform",
    "kaiming_normal",
    "kaiming_uniform",
    "lecun_normal",
    "orthogonal",
    "random_walk",
    "data_dependent",
    "lsuv",
    "fixup",
    "lottery_ticket",
    "zero_gamma",
    "dirac",
    "batch_norm",
    "batch_norm_1d",
    "sync_batch_norm",
    "bn_fold",
    "bn_bias",
    "precise_bn",
    "layer_norm",
    "instance_norm",
    "group_norm",
    "weight_norm",
    "batch_renorm",
    "batch_instance_norm",
    "decorrelated_batch_norm",
    "gradient_norm",
    "swap_norm",
    "l1",
    "l2",
    "elastic_net",
    "weight_elimination",
    "weight_decay",
    "dropout",
    "drop_connect",
    "fractional_max_pool",
    "stochastic_depth",
    "shake_shake",
    "shake_drop",
    "label_distribution",
    "early_stopping",
    "pruning",
    "clip_value",
    "clip_norm",
    "clip_adaptive",
    "marginalisation",
    "hinge",
    "kl_divergence",
    "arcface",
    "class_weights",
    "focal",
    "smooth_l1",
    "wing",
    "sgd",
    "momentum",
    "nesterov",
    "adagrad",
    "adadelta",
    "rmsprop",
    "adam",
    "adamw",
    "newton",
    "bfgs",
    "lbfgs",
    "kfac",
    "muon",
    "lookahead",
    "constant",
    "step",
    "exponential",
    "inverse",
    "cosine",
    "linear",
    "inverse_sqrt",
    "warmup",
    "restarts",
    "cyclic",
    "one_cycle",
    "reduce_on_plateau",
    "scale_rate",
    "mlp",
    "lenet",
    "plain20",
    "plain110",
    "cifar_resnet20",
    "cifar_resnet32",
    "cifar_resnet44",
    "cifar_resnet56",
    "cifar_resnet110",
    "resnet18",
    "resnet34",
    "resnet50",
    "resnet101",
    "resnet152",
    "wide_resnet28_10",
    "wide_resnet40_2",
]


def test_every_row_of_the_lectures_is_there():
    names = {part for entry in TABLE for part in entry.name.split(", ")}
    assert set(ASKED) - names == set()
    assert "label_smoothing" in names


def test_every_name_of_a_recipe_is_in_the_table():
    listed = {entry.recipe for entry in TABLE}
    nameable = {f"{s}.name={n}" for s in section_names() for n in builders(s)}
    assert nameable - listed == {"norm.name=none"}


@pytest.mark.parametrize("entry", TABLE, ids=lambda e: e.path)
def test_every_part_is_filled(entry):
    for part in ("what", "use", "side_effects", "source"):
        assert getattr(entry, part), part
    assert (ROOT / entry.test).is_file()
    assert value_of(entry).__doc__
    assert inspect.getmodule(value_of(entry)) is not None


def test_recipe_keys_are_keys():
    from trainwell.recipes import keys

    known = set(keys())
    named = {e.recipe.partition("=")[0] for e in TABLE if e.recipe}
    assert {k for k in named if " " not in k} <= known
