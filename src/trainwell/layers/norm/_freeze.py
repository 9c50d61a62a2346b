"""Freeze a part of a model: neither its parameters nor its statistics move.

Without the second half, a "frozen" BatchNorm keeps following the batches it sees and
the frozen features drift.

Source: Chollet, "Transfer learning and fine-tuning", Keras guide, 2020, section
"Important note about the BatchNormalization layer".
"""

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


def freeze(module: nn.Module) -> None:
    """Stop the training of `module` and all within, in place.

    No parameter requires a gradient, and every BatchNorm works in evaluation mode
    from now on, whatever `.train()` says. Dropout still follows `.train()`.
    """
    module.requires_grad_(False)
    for layer in module.modules():
        if isinstance(layer, _BatchNorm) and not is_frozen(layer):
            layer.register_forward_pre_hook(_evaluate)
            layer.eval()


def is_frozen(layer: nn.Module) -> bool:
    """Tell whether `freeze` has stopped the statistics of this layer."""
    return _evaluate in layer._forward_pre_hooks.values()


def _evaluate(layer: nn.Module, inputs: object) -> None:
    """Return to evaluation mode before the layer looks at its mode."""
    layer.eval()
