"""The rows of the table of techniques: where each is, and how a recipe reaches it."""

ROWS: dict[str, dict[str, str]] = {
    "Activations": {
        "layers.activations": "sigmoid tanh relu leaky_relu prelu elu selu maxout "
        "swish gain swap_activation",
    },
    "Preprocessing": {
        "preprocess": "mean_image fit_channel_mean fit_channel_standardize "
        "feature_standardize pca_decorrelate pca_whiten zca_whiten patch_whiten",
    },
    "Initialisation": {
        "init": "small_normal xavier_normal xavier_uniform kaiming_normal "
        "kaiming_uniform lecun_normal orthogonal random_walk data_dependent lsuv fixup "
        "zero_gamma dirac",
        "prune": "ticket_share",
    },
    "Normalisation": {
        "layers.norm": "batch_norm batch_norm_1d sync_batch_norm layer_norm "
        "instance_norm group_norm weight_norm batch_renorm batch_instance_norm "
        "decorrelated_batch_norm fold_batch_norm biases_before_norm precise_bn freeze "
        "swap_norm",
        "optim.gradients": "gradient_norm",
    },
    "Regularisation": {
        "losses.penalties": "l1 soft_threshold_ l2 elastic_net weight_elimination",
        "optim": "decay_groups",
        "layers.noise": "dropout channel_dropout drop_connect fractional_max_pool "
        "stochastic_depth shake_shake shake_drop Marginalised",
        "losses": "label_distribution gaussian_targets",
        "training": "EvaluateRegularly",
        "prune": "magnitude_masks gradual_share sparsity",
        "optim.gradients": "clip_value clip_norm clip_adaptive",
    },
    "Losses": {
        "losses": "cross_entropy balanced_weights hinge kl_divergence arcface focal l1 "
        "l2 smooth_l1 wing",
    },
    "Optimizers": {
        "optim": "sgd momentum nesterov adagrad adadelta rmsprop adam adamw newton "
        "bfgs lbfgs kfac muon lookahead",
    },
    "Schedules": {
        "schedules": "constant step exponential inverse cosine linear inverse_sqrt "
        "warmup restarts cosine_restarts cyclic triangle one_cycle reduce_on_plateau "
        "join scale_rate",
    },
    "Augmentation": {
        "augment.policies": "PadCrop RandomResizedCrop ShortSide RandAugment "
        "TrivialAugment SubPolicies published CTAugment Population ColorJitter Cutout "
        "Mixing",
        "augment.ops": "horizontal_flip vertical_flip rotate90 transpose rotate "
        "shift_scale_rotate translate_x translate_y shear_x shear_y stretch "
        "lens_distortion brightness contrast saturation hue autocontrast equalize "
        "invert posterize solarize solarize_add gamma levels pca_color_shift "
        "color_matrix sharpness gaussian_blur gaussian_noise iso_noise cutout erase "
        "mixup cutmix",
        "infer": "TestTime",
        "tuning": "match_density PopulationAugment",
    },
    "Ensembles": {
        "models": "Ensemble",
        "training": "KeepSnapshots update_average AverageWeights",
        "infer": "greedy_soup",
    },
    "Transfer": {
        "models": "read_early",
        "transfer": "freeze_below scale_rates UnfreezeGradually features probe advise",
    },
}
"""By group and package below `trainwell`, the public names in the order to show."""

TITLES = {
    "preprocess.fit_channel_mean": "channel_mean",
    "preprocess.fit_channel_standardize": "channel_standardize",
    "prune.ticket_share": "lottery_ticket",
    "layers.norm.fold_batch_norm": "bn_fold",
    "layers.norm.biases_before_norm": "bn_bias",
    "losses.penalties.soft_threshold_": "l1_proximal",
    "optim.decay_groups": "weight_decay",
    "layers.noise.Marginalised": "marginalisation",
    "losses.cross_entropy": "cross_entropy, label_smoothing",
    "losses.balanced_weights": "class_weights",
    "training.EvaluateRegularly": "early_stopping",
    "prune.magnitude_masks": "pruning",
    "prune.gradual_share": "gradual_pruning",
    "augment.policies.PadCrop": "pad_crop",
    "augment.policies.RandomResizedCrop": "resized_crop",
    "augment.policies.ShortSide": "short_side",
    "augment.policies.RandAugment": "randaugment",
    "augment.policies.TrivialAugment": "trivialaugment",
    "augment.policies.SubPolicies": "sub_policies",
    "augment.policies.autoaugment": "autoaugment",
    "augment.policies.CTAugment": "ctaugment",
    "augment.policies.Population": "population_based",
    "augment.policies.ColorJitter": "color_jitter",
    "augment.policies.Cutout": "random_cutout",
    "augment.policies.Mixing": "mixing",
    "infer.TestTime": "test-time",
    "tuning.match_density": "fast_autoaugment",
    "tuning.PopulationAugment": "population_based_search",
    "models.Ensemble": "ensemble",
    "models.read_early": "early_head",
    "transfer.freeze_below": "freeze",
    "transfer.scale_rates": "discriminative_rates",
    "transfer.UnfreezeGradually": "gradual_unfreezing",
    "transfer.features": "features_of_any_depth",
    "transfer.probe": "linear_probe",
    "transfer.advise": "four_cases",
    "training.KeepSnapshots": "snapshots",
    "training.update_average": "ema",
    "training.AverageWeights": "swa",
}
"""What people call a technique whose function is named otherwise."""

KEYS = {
    "layers.activations.gain": "init.gain",
    "layers.activations.swap_activation": "activation.name",
    "prune.ticket_share": "prune.name=lottery_ticket",
    "layers.norm.batch_norm_1d": "norm.name=batch_norm",
    "layers.norm.precise_bn": "train.average",
    "layers.norm.freeze": "",
    "layers.norm.swap_norm": "norm.name",
    "layers.norm.fold_batch_norm": "in every export",
    "layers.norm.biases_before_norm": "trainwell check init",
    "losses.penalties.soft_threshold_": "penalty.proximal",
    "losses.gaussian_targets": "loss.name=label_distribution",
    "optim.decay_groups": "optimizer.weight_decay",
    "layers.noise.shake_shake": "model.name=shake_shake26",
    "training.EvaluateRegularly": "train.patience",
    "prune.magnitude_masks": "prune.name=magnitude",
    "prune.gradual_share": "prune.name=magnitude",
    "prune.sparsity": "",
    "layers.noise.Marginalised": "noise.passes",
    "losses.balanced_weights": "loss.class_weights",
    "optim.lookahead": "optimizer.lookahead",
    "schedules.warmup": "schedule.warmup",
    "schedules.restarts": "schedule.name=cosine_restarts",
    "schedules.scale_rate": "optimizer.base_batch_size",
    "schedules.join": "",
    "augment.policies.PadCrop": "augment.crop=pad_crop",
    "augment.policies.RandomResizedCrop": "augment.crop=resized_crop",
    "augment.policies.ShortSide": "augment.crop=short_side",
    "augment.policies.SubPolicies": "augment.file",
    "augment.policies.Population": "augment.file",
    "augment.policies.Cutout": "augment.cutout",
    "infer.TestTime": "trainwell evaluate --views",
    "tuning.match_density": "trainwell search augment",
    "tuning.PopulationAugment": "trainwell search augment --method pba",
    "models.Ensemble": "ensemble.kind=seeds",
    "training.KeepSnapshots": "ensemble.kind=snapshots",
    "training.update_average": "train.average",
    "training.AverageWeights": "ensemble.kind=swa",
    "infer.greedy_soup": "ensemble.kind=soup",
    "models.read_early": "transfer.cut",
    "transfer.freeze_below": "transfer.freeze",
    "transfer.scale_rates": "transfer.rate",
    "transfer.UnfreezeGradually": "transfer.unfreeze_every",
    "transfer.features": "",
    "transfer.probe": "trainwell check transfer",
    "transfer.advise": "transfer.plan",
    "augment.policies.Mixing": "augment.mix",
    "augment.ops.horizontal_flip": "augment.flip",
    "augment.ops.mixup": "augment.mix=mixup",
    "augment.ops.cutmix": "augment.mix=cutmix",
}
"""How a recipe reaches what no section names; empty: from Python only."""
