"""Visit the weights of a model.

Use: to apply a rule for one weight to a whole network.
Side effects: biases become zero, or the small positive value that keeps units alive at
first.

Source: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional
Neural Networks", 2012, section 5 (positive biases).
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd

Rule = Callable[[Tensor], object]
"""Fills a weight with new values, in place."""


def weighted_layers(model: nn.Module) -> dict[str, nn.Module]:
    """Return every convolution and linear map whose weights train, by name.

    Example:
        >>> from trainwell.init import weighted_layers
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> list(weighted_layers(model))
        ['0', '1']
    """
    return {
        name: module
        for name, module in model.named_modules()
        if isinstance(module, _ConvNd | nn.Linear) and module.weight.requires_grad
    }


@torch.no_grad()
def init_weights_(model: nn.Module, rule: Rule, *, bias: float = 0.0) -> int:
    """Apply a rule to every convolution and linear map, in place.

    Frozen weights (a whitening convolution) and norms are left alone. A weight that
    several layers share is filled once.

    Args:
        model: Any.
        rule: A function of one weight, such as `kaiming_normal_`.
        bias: Value of every bias; 0.01 keeps rectified units alive at first.

    Returns:
        The number of weights that were filled.

    Example:
        >>> from trainwell.init import init_weights_, kaiming_normal_
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> init_weights_(model, kaiming_normal_)
        2
        >>> model[0].bias
        Parameter containing:
        tensor([0., 0., 0., 0.], requires_grad=True)
    """
    drawn: set[int] = set()
    for layer in weighted_layers(model).values():
        assert isinstance(layer, _ConvNd | nn.Linear)
        if id(layer.weight) not in drawn:
            rule(layer.weight)
            drawn.add(id(layer.weight))
        if layer.bias is not None:
            layer.bias.fill_(bias)
    return len(drawn)
