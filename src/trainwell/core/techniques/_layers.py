"""Techniques that are layers, or change them."""

from trainwell.core.techniques._row import Row

ACTIVATIONS = (
    Row("sigmoid", "layers.activations.sigmoid", section="activation"),
    Row("tanh", "layers.activations.tanh", section="activation"),
    Row("relu", "layers.activations.relu", section="activation"),
    Row("leaky_relu", "layers.activations.leaky_relu", section="activation"),
    Row("prelu", "layers.activations.prelu", section="activation"),
    Row("elu", "layers.activations.elu", section="activation"),
    Row("selu", "layers.activations.selu", section="activation"),
    Row("maxout", "layers.activations.maxout", section="activation"),
    Row("swish", "layers.activations.swish", section="activation"),
    Row("gain", "layers.activations.gain", key="init.gain"),
    Row("swap_activation", "layers.activations.swap_activation", key="activation.name"),
)
NORMALISATION = (
    Row("batch_norm", "layers.norm.batch_norm", section="norm"),
    Row("batch_norm_1d", "layers.norm.batch_norm_1d", key="norm.name=batch_norm"),
    Row("sync_batch_norm", "layers.norm.sync_batch_norm", section="norm"),
    Row("layer_norm", "layers.norm.layer_norm", section="norm"),
    Row("instance_norm", "layers.norm.instance_norm", section="norm"),
    Row("group_norm", "layers.norm.group_norm", section="norm"),
    Row("weight_norm", "layers.norm.weight_norm", section="norm"),
    Row("batch_renorm", "layers.norm.batch_renorm", section="norm"),
    Row("batch_instance_norm", "layers.norm.batch_instance_norm", section="norm"),
    Row(
        "decorrelated_batch_norm", "layers.norm.decorrelated_batch_norm", section="norm"
    ),
    Row("bn_fold", "layers.norm.fold_batch_norm", key="in every export"),
    Row("bn_bias", "layers.norm.biases_before_norm", key="trainwell check init"),
    Row("precise_bn", "layers.norm.precise_bn", key="train.average"),
    Row("freeze", "layers.norm.freeze"),
    Row("swap_norm", "layers.norm.swap_norm", key="norm.name"),
    Row("gradient_norm", "optim.gradients.gradient_norm", section="gradients"),
)
