"""The table of techniques is whole: every row, every recipe name, every part."""

import inspect
from pathlib import Path

import pytest

from trainwell.recipes import builders, section_names, techniques, value_of

ROOT = Path(__file__).parents[2]
TABLE = techniques()
LISTED = {
    "Activations": "sigmoid tanh relu leaky_relu prelu elu selu maxout swish gain "
    "swap_activation",
    "Preprocessing": "mean_image channel_mean channel_standardize feature_standardize "
    "pca_decorrelate pca_whiten zca_whiten patch_whiten",
    "Initialisation": "small_normal xavier_normal xavier_uniform kaiming_normal "
    "kaiming_uniform lecun_normal orthogonal random_walk data_dependent "
    "lsuv fixup zero_gamma dirac lottery_ticket",
    "Normalisation": "batch_norm batch_norm_1d sync_batch_norm layer_norm instance_norm "
    "group_norm weight_norm batch_renorm batch_instance_norm "
    "decorrelated_batch_norm bn_fold bn_bias precise_bn freeze swap_norm "
    "numpy_batch_norm numpy_dropout jacobian gradient_norm",
    "Regularisation": "l1 l1_proximal l2 elastic_net weight_elimination weight_decay dropout "
    "channel_dropout drop_connect fractional_max_pool stochastic_depth "
    "shake_shake shake_drop marginalisation label_distribution "
    "gaussian_targets early_stopping pruning gradual_pruning brain_damage brain_surgeon sparsity quantisation "
    "clip_value clip_norm clip_adaptive",
    "Losses": "cross_entropy,label_smoothing class_weights hinge kl_divergence "
    "arcface focal binary_cross_entropy binary_focal asymmetric l1 l2 smooth_l1 "
    "quantile wing adaptive_wing",
    "Optimizers": "sgd momentum nesterov adagrad adadelta rmsprop adam adamw newton bfgs "
    "lbfgs kfac muon lookahead",
    "Schedules": "constant step halving exponential inverse cosine linear inverse_sqrt warmup "
    "restarts cosine_restarts cyclic triangle one_cycle reduce_on_plateau "
    "join scale_rate",
    "Augmentation": "pad_crop resized_crop short_side randaugment trivialaugment "
    "sub_policies autoaugment ctaugment population_based operations "
    "albumentations_example alexnet color_jitter "
    "random_cutout mixing horizontal_flip vertical_flip rotate90 transpose "
    "rotate shift_scale_rotate translate_x translate_y shear_x shear_y "
    "stretch rescale lens_distortion brightness contrast saturation hue "
    "autocontrast equalize invert posterize solarize solarize_add gamma "
    "levels pca_color_shift color_matrix sharpness smooth blur gaussian_blur "
    "gaussian_noise iso_noise cutout erase mixup cutmix test-time "
    "fast_autoaugment population_based_search",
    "Ensembles": "ensemble snapshots epoch_weights ema swa greedy_soup",
    "Transfer": "distillation early_head all_depths_head solved_head "
    "discriminant_head freeze discriminative_rates gradual_unfreezing "
    "features_of_any_depth linear_probe four_cases",
    "Models": "softmax two_layer k_nearest hog_linear hog_mlp mlp lenet airbench plain20 "
    "plain32 plain44 plain56 plain110 cifar_resnet20 cifar_resnet32 "
    "cifar_resnet44 cifar_resnet56 cifar_resnet110 wide_resnet16_4 "
    "wide_resnet28_2 wide_resnet28_10 wide_resnet40_2 shake_shake26 "
    "pyramidnet110 pyramidnet272 alexnet vgg16 vgg19 resnet18 resnet34 "
    "resnet50 resnet101 resnet152 resnet200 mobilenet_v2 efficientnet_lite0 "
    "efficientnet_lite1 efficientnet_lite2",
}
"""The techniques of each group; a name in here may move to another import path only."""


def test_the_table_lists_every_technique_by_group():
    found: dict[str, list[str]] = {}
    for entry in TABLE:
        found.setdefault(entry.group, []).append(entry.name.replace(", ", ","))
    assert found == {group: names.split() for group, names in LISTED.items()}


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
