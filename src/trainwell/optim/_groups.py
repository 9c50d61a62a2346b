"""Parameter groups: weight decay on weights only.

Decayed are the weights of convolutions, linear maps, embeddings and attention.
Biases, parameters of normalisation layers, and parameters that a module holds by
itself (scales, class tokens, position embeddings) are not. Of a weight-normed weight
g v / |v| the lengths g decay: its norm is that of g for every v.

Use: with every optimizer and every penalty; shrinking a bias or the scale of a norm
only biases the fit.
Side effects: none.
Source: He et al., "Bag of Tricks for Image Classification with Convolutional Neural
Networks", 2019, section 3.1 ("no bias decay"), https://arxiv.org/abs/1812.01187
"""

from typing import Any

from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd
from torch.nn.utils import parametrize

from trainwell.core import checks

_DECAYED = (
    _ConvNd,
    nn.Linear,
    nn.Bilinear,
    nn.Embedding,
    nn.EmbeddingBag,
    nn.MultiheadAttention,
)


def decayed_weights(model: nn.Module) -> list[Tensor]:
    """Return the trainable weights that decay and penalties act on.

    A parameter shared by several modules is one of them if one module would decay it.
    They come in the order of `model.parameters()`.

    Example:
        >>> from trainwell.optim import decayed_weights
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> [tuple(weight.shape) for weight in decayed_weights(model)]
        [(4, 8), (2, 4)]
    """
    weights = {
        id(parameter)
        for module in model.modules()
        if isinstance(module, _DECAYED)
        for parameter in _weights(module)
    }
    return [p for p in model.parameters() if p.requires_grad and id(p) in weights]


def _weights(module: nn.Module) -> list[Tensor]:
    own = module.named_parameters(recurse=False)
    weights: list[Tensor] = [p for name, p in own if name.endswith("weight")]
    if parametrize.is_parametrized(module, "weight"):
        parts = dict(module.parametrizations["weight"].named_parameters())  # type: ignore[index, union-attr]
        weights += [p for name, p in parts.items() if name in ("original", "original0")]
    return weights


def decay_groups(model: nn.Module, weight_decay: float) -> list[dict[str, Any]]:
    """Split the trainable parameters into those with weight decay and those without.

    The first are `decayed_weights`. Parameters that do not require a gradient are left
    out, and so are empty groups.

    Returns:
        At most two groups for a `torch.optim.Optimizer`, decayed weights first, each
        in the order of `model.parameters()`.

    Raises:
        ValueError: If `weight_decay` is negative.

    Example:
        >>> from trainwell.optim import decay_groups
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> groups = decay_groups(model, 0.05)
        >>> [(len(group["params"]), group["weight_decay"]) for group in groups]
        [(2, 0.05), (2, 0.0)]
    """
    checks.between("weight_decay", weight_decay, 0, float("inf"))
    decayed = decayed_weights(model)
    weights = {id(p) for p in decayed}
    others = [p for p in model.parameters() if p.requires_grad and id(p) not in weights]
    groups = [
        {"params": decayed, "weight_decay": weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return [group for group in groups if group["params"]]
