"""Count a model's parameters."""

from torch import nn


def num_parameters(model: nn.Module) -> int:
    """Return the number of parameters, frozen ones included, shared ones once.

    Example:
        >>> from trainwell.models import num_parameters
        >>> num_parameters(torch.nn.Linear(8, 4))
        36
    """
    return sum(parameter.numel() for parameter in model.parameters())
