"""Techniques against overfitting, and those that reuse networks."""

from trainwell.core.techniques._row import Row

REGULARISATION = (
    Row("l1", "losses.penalties.l1", section="penalty"),
    Row("l1_proximal", "losses.penalties.soft_threshold_", key="penalty.proximal"),
    Row("l2", "losses.penalties.l2", section="penalty"),
    Row("elastic_net", "losses.penalties.elastic_net", section="penalty"),
    Row("weight_elimination", "losses.penalties.weight_elimination", section="penalty"),
    Row("weight_decay", "optim.decay_groups", key="optimizer.weight_decay"),
    Row(
        "dropout",
        "layers.stochastic.Dropout",
        section="noise",
        factory="layers.stochastic._dropout.dropout_layer",
    ),
    Row(
        "channel_dropout",
        "layers.stochastic.Dropout2d",
        section="noise",
        factory="layers.stochastic._channel_dropout.channel_dropout_layer",
    ),
    Row(
        "drop_connect",
        "layers.stochastic.DropConnectLinear",
        section="noise",
        factory="layers.stochastic._drop_connect.drop_connect_layer",
    ),
    Row(
        "fractional_max_pool",
        "layers.stochastic.FractionalMaxPool2d",
        section="noise",
        factory="layers.stochastic._fractional_max_pool.fractional_max_pool_layer",
    ),
    Row("stochastic_depth", "layers.stochastic.StochasticDepth", section="noise"),
    Row("shake_shake", "layers.stochastic.ShakeShake", key="model.name=shake_shake26"),
    Row("shake_drop", "layers.stochastic.ShakeDrop", section="noise"),
    Row("marginalisation", "layers.stochastic.MCDropout", key="noise.passes"),
    Row("label_distribution", "losses.label_distribution_loss", section="loss"),
    Row(
        "gaussian_targets",
        "losses.gaussian_targets",
        key="loss.name=label_distribution",
    ),
    Row("early_stopping", "training.EvaluateRegularly", key="train.patience"),
    Row(
        "pruning",
        "prune.magnitude_masks",
        section="prune",
        name="magnitude",
        factory="training.PruneGradually",
    ),
    Row(
        "gradual_pruning",
        "prune.gradual_share",
        key="prune.name=magnitude",
        factory="training.PruneGradually",
    ),
    Row(
        "brain_damage",
        "prune.damage_saliency",
        section="prune",
        name="obd",
        factory="training.brain_damage",
    ),
    Row(
        "brain_surgeon",
        "prune.surgeon_update",
        section="prune",
        name="obs",
        factory="training.brain_surgeon",
    ),
    Row("sparsity", "prune.sparsity", key="prune.name"),
    Row(
        "quantisation",
        "exporting.quantize_onnx",
        key="trainwell export --format onnx-int8",
    ),
    Row("clip_value", "optim.gradients.clip_value", section="gradients"),
    Row("clip_norm", "optim.gradients.clip_norm", section="gradients"),
    Row("clip_adaptive", "optim.gradients.clip_adaptive", section="gradients"),
)
ENSEMBLES = (
    Row("ensemble", "models.Ensemble", key="ensemble.kind=seeds"),
    Row("snapshots", "training.KeepSnapshots", key="ensemble.kind=snapshots"),
    Row("epoch_weights", "training.KeepEpochs", key="train.keep"),
    Row("ema", "training.update_average", key="train.average"),
    Row("swa", "training.AverageWeights", key="ensemble.kind=swa"),
    Row("greedy_soup", "infer.greedy_soup", key="ensemble.kind=soup"),
)
TRANSFER = (
    Row("distillation", "losses.distillation_loss", key="distill.teacher"),
    Row("early_head", "models.read_early", key="transfer.cut"),
    Row("all_depths_head", "models.read_all_depths", key="transfer.depths"),
    Row("solved_head", "transfer.solve_head", key="transfer.solve"),
    Row("discriminant_head", "transfer.discriminant_head", key="transfer.solve"),
    Row("freeze", "transfer.freeze_below", key="transfer.freeze"),
    Row("discriminative_rates", "transfer.scale_rates", key="transfer.rate"),
    Row(
        "gradual_unfreezing",
        "transfer.UnfreezeGradually",
        key="transfer.unfreeze_every",
    ),
    Row("features_of_any_depth", "transfer.features"),
    Row("linear_probe", "transfer.probe", key="trainwell check transfer"),
    Row("four_cases", "transfer.advise", key="trainwell check transfer"),
)
