"""Techniques that are layers, or change them."""

from trainwell.core.techniques._row import Row

ACTIVATIONS = (
    Row(
        "sigmoid",
        "layers.activations.Sigmoid",
        section="activation",
        factory="layers.activations._sigmoid.sigmoid_layer",
    ),
    Row(
        "tanh",
        "layers.activations.Tanh",
        section="activation",
        factory="layers.activations._tanh.tanh_layer",
    ),
    Row(
        "relu",
        "layers.activations.ReLU",
        section="activation",
        factory="layers.activations._relu.relu_layer",
    ),
    Row(
        "leaky_relu",
        "layers.activations.LeakyReLU",
        section="activation",
        factory="layers.activations._leaky_relu.leaky_relu_layer",
    ),
    Row(
        "prelu",
        "layers.activations.PReLU",
        section="activation",
        factory="layers.activations._prelu.prelu_layer",
    ),
    Row(
        "elu",
        "layers.activations.ELU",
        section="activation",
        factory="layers.activations._elu.elu_layer",
    ),
    Row(
        "selu",
        "layers.activations.SELU",
        section="activation",
        factory="layers.activations._selu.selu_layer",
    ),
    Row("maxout", "layers.activations.Maxout", section="activation"),
    Row(
        "swish",
        "layers.activations.Swish",
        section="activation",
        factory="layers.activations._swish.swish_layer",
    ),
    Row("gain", "layers.activations.gain", key="init.gain"),
    Row("swap_activation", "layers.activations.swap_activation", key="activation.name"),
)
NORMALISATION = (
    Row(
        "batch_norm",
        "layers.norm.BatchNorm2d",
        section="norm",
        factory="layers.norm._batch_norm.batch_norm_layer",
    ),
    Row(
        "batch_norm_1d",
        "layers.norm.BatchNorm1d",
        key="norm.name=batch_norm",
        factory="layers.norm._batch_norm.batch_norm_1d_layer",
    ),
    Row("sync_batch_norm", "layers.norm.SyncBatchNorm", section="norm"),
    Row(
        "layer_norm",
        "layers.norm.LayerNorm",
        section="norm",
        factory="layers.norm._layer_norm.layer_norm_layer",
    ),
    Row(
        "instance_norm",
        "layers.norm.InstanceNorm2d",
        section="norm",
        factory="layers.norm._instance_norm.instance_norm_layer",
    ),
    Row(
        "group_norm",
        "layers.norm.GroupNorm",
        section="norm",
        factory="layers.norm._group_norm.group_norm_layer",
    ),
    Row("weight_norm", "layers.norm.weight_norm", section="norm"),
    Row("batch_renorm", "layers.norm.BatchRenorm2d", section="norm"),
    Row("batch_instance_norm", "layers.norm.BatchInstanceNorm2d", section="norm"),
    Row(
        "decorrelated_batch_norm", "layers.norm.DecorrelatedBatchNorm2d", section="norm"
    ),
    Row("bn_fold", "layers.norm.fold_batch_norm", key="in every export"),
    Row("bn_bias", "layers.norm.biases_before_norm", key="trainwell check init"),
    Row("precise_bn", "layers.norm.precise_bn", key="train.average"),
    Row("freeze", "layers.norm.freeze"),
    Row("swap_norm", "layers.norm.swap_norm", key="norm.name"),
    Row("numpy_batch_norm", "layers.passes.batch_norm_backward"),
    Row("numpy_dropout", "layers.passes.dropout_forward"),
    Row("jacobian", "layers.passes.jacobian"),
    Row("gradient_norm", "optim.gradients.gradient_norm", section="gradients"),
)
