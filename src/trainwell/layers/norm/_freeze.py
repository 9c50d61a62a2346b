"""Freeze a part of a model: neither its parameters nor its statistics move.

Without the second half, a "frozen" BatchNorm keeps following the batches it sees and
the frozen features drift.

Use: on the lower layers when fine-tuning on little data.
Side effects: frozen norms use running statistics in training; dropout still draws.
Source: Chollet, "Transfer learning and fine-tuning", Keras guide, 2020, section
"Important note about the BatchNormalization layer".
"""

from torch import nn

from trainwell.layers.norm._types import has_statistics


def freeze(module: nn.Module) -> None:
    """Stop the training of `module` and all within, in place.

    No parameter requires a gradient, and every norm with running statistics works in
    evaluation mode from now on, even after `.train()`. Dropout still follows
    `.train()`.

    Example:
        >>> from trainwell.layers.norm import freeze
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> freeze(model)
        >>> model[0].weight.requires_grad
        False
    """
    module.requires_grad_(False)
    keep_statistics(module)


def keep_statistics(model: nn.Module) -> None:
    """Keep every norm in evaluation mode, in place; their parameters still learn.

    Example:
        >>> from trainwell.layers.norm import keep_statistics
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> keep_statistics(model)
        >>> _ = model.train()(torch.ones(2, 3, 5, 5))
        >>> model[1].running_mean
        tensor([0., 0., 0., 0.])
    """
    for layer in model.modules():
        if has_statistics(layer):
            freeze_statistics(layer)


def freeze_statistics(layer: nn.Module) -> None:
    """Keep one norm in evaluation mode, in place; twice is once."""
    if not is_frozen(layer):
        layer.register_forward_pre_hook(_evaluate)
        layer.eval()


def unfreeze(module: nn.Module) -> None:
    """Undo `freeze`, in place: parameters learn, norms follow `.train()` again.

    Example:
        >>> from trainwell.layers.norm import freeze, unfreeze
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> freeze(model)
        >>> unfreeze(model)
        >>> model[0].weight.requires_grad
        True
    """
    module.requires_grad_(True)
    for layer in module.modules():
        for key, hook in list(layer._forward_pre_hooks.items()):
            if hook is _evaluate:
                del layer._forward_pre_hooks[key]


def is_frozen(layer: nn.Module) -> bool:
    """Tell whether `freeze` has stopped the statistics of this layer."""
    return _evaluate in layer._forward_pre_hooks.values()


def is_only_frozen(layer: nn.Module) -> bool:
    """Tell whether the layer has the hook of `freeze` and no other."""
    hooks = [*layer._forward_pre_hooks.values(), *layer._forward_hooks.values()]
    return hooks == [_evaluate]


def _evaluate(layer: nn.Module, inputs: object) -> None:
    """Return to evaluation mode before the layer looks at its mode."""
    layer.eval()
