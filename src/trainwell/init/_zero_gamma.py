"""Zero gamma: every residual branch starts as nothing.

    gamma = 0 in the last norm of each branch, so y = shortcut(x) at first

Use: in residual networks with normalisation, at high rates and in large batches above
all; the network begins as a shallow one.
Side effects: the branches' other weights get no gradient at the very first step.

Source: Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 5.1,
https://arxiv.org/abs/1706.02677
"""

import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import is_norm
from trainwell.init._branches import residual_branches


@torch.no_grad()
def zero_gamma_(model: nn.Module) -> tuple[str, ...]:
    """Set the scales to zero, in place.

    Returns:
        The names of the norms.

    Raises:
        ModelError: If the model has no residual branches with norms, or cannot be
            traced.

    Example:
        >>> from trainwell import models
        >>> from trainwell.init import zero_gamma_
        >>> model = models.cifar_resnet20(10)
        >>> len(zero_gamma_(model))
        9
    """
    names = []
    for branch in residual_branches(model):
        norms = [name for name in branch if _is_norm(model.get_submodule(name))]
        if norms:
            scale = model.get_submodule(norms[-1]).get_parameter("weight")
            scale.zero_()
            names.append(norms[-1])
    if not names:
        raise ModelError("no residual branch of the model has a norm with a scale.")
    return tuple(names)


def _is_norm(module: nn.Module) -> bool:
    """Tell layers with one trained scale per channel."""
    weight = dict(module.named_parameters(recurse=False)).get("weight")
    if weight is None or not is_norm(module):
        return False
    return weight.ndim == 1 and weight.requires_grad
