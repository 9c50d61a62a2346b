"""Weight normalisation: the length of each filter is a parameter of its own.

    w = g v / |v|

with one g per output channel.

Use: where batch statistics are unwanted (small batches, generative and recurrent
networks); needs a careful initialisation (`data_dependent`).
Side effects: one more parameter per output; does not normalise activations, so rates
must stay smaller than with `batch_norm`; same in training and evaluation.
Source: Salimans & Kingma, "Weight Normalization", 2016, eq. 2,
https://arxiv.org/abs/1602.07868. The parametrisation is torch's.
"""

from torch import nn
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd
from torch.nn.utils import parametrizations, parametrize
from torch.nn.utils.parametrizations import _WeightNorm


def weight_norm(module: nn.Module) -> list[str]:
    """Normalise the weight of every convolution and linear map within, in place.

    What the network computes stays the same; layers that have it already are skipped.

    Returns:
        The names of the layers.

    Example:
        >>> from trainwell.layers.norm import weight_norm
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 2))
        >>> weight_norm(model)
        ['0']
    """
    changed = []
    for name, layer in list(module.named_modules()):
        if isinstance(layer, (_ConvNd, nn.Linear)) and not is_weight_normed(layer):
            axis = 1 if isinstance(layer, _ConvTransposeNd) else 0
            parametrizations.weight_norm(layer, dim=axis)
            changed.append(name)
    return changed


def remove_weight_norm(module: nn.Module) -> list[str]:
    """Turn every normalised weight within back into one parameter, in place.

    Returns:
        The names of the layers.

    Example:
        >>> from trainwell.layers.norm import remove_weight_norm, weight_norm
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 2))
        >>> names = weight_norm(model)
        >>> remove_weight_norm(model)
        ['0']
    """
    changed = []
    for name, layer in list(module.named_modules()):
        if is_weight_normed(layer):
            parametrize.remove_parametrizations(layer, "weight")
            changed.append(name)
    return changed


def is_weight_normed(layer: nn.Module) -> bool:
    """Tell whether the layer's weight is normalised."""
    return parametrize.is_parametrized(layer, "weight") and any(
        isinstance(part, _WeightNorm)
        for part in layer.parametrizations["weight"]  # type: ignore[index]
    )
