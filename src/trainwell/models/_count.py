"""Count a model's parameters."""

from torch import nn


def num_parameters(model: nn.Module) -> int:
    """Return the number of parameters, frozen ones included, shared ones once."""
    return sum(parameter.numel() for parameter in model.parameters())
