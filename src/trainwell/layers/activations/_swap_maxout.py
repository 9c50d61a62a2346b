"""Replace layers and their activations by maxout in any model.

    relu(W x + b)  ->  max_j (W_j x + b_j),    j = 1 ... k

Piece 1 keeps the old weights; the others are sampled with the same standard deviation
and have no bias at first.

Use: to try `maxout` on a finished architecture.
Side effects: k times the parameters and the work of each layer that is replaced; train
again afterwards.
Source: Goodfellow et al., "Maxout Networks", 2013, section 3,
https://arxiv.org/abs/1302.4389. A norm or pooling between stays where it is, after the
maximum.
"""

import torch
from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.layers._graph import Calls, has_hooks
from trainwell.layers.activations._maxout import MaxoutConv2d, MaxoutLinear
from trainwell.layers.activations._swap import is_activation

_AFFINE = (nn.Conv2d, nn.Linear)
_BETWEEN = (
    "torch.nn.modules.batchnorm",
    "torch.nn.modules.instancenorm",
    "torch.nn.modules.normalization",
    "torch.nn.modules.pooling",
    "trainwell.layers.norm.",
)


def swap_maxout(model: nn.Module, *, pieces: int = 2) -> list[str]:
    """Replace each layer that feeds an activation, and that activation, in place.

    Found are convolutions and linear maps whose output goes to an activation module
    directly or through norms, identities and pooling, and nowhere else. A layer with
    frozen weights is left as it is.

    Args:
        model: Any model that `torch.fx` can trace.
        pieces: k, 2 or more.

    Returns:
        One line per replacement.

    Raises:
        ValueError: If `pieces` is less than 2.
        ModelError: If no such pair is found.

    Example:
        >>> from trainwell.layers.activations import swap_maxout
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.ReLU())
        >>> swap_maxout(model, pieces=2)
        ['0: Linear and 1 ReLU -> MaxoutLinear(pieces=2)']
    """
    checks.between("pieces", pieces, 2, float("inf"))
    after = dict(Calls(model).pairs())
    report = []
    for name in list(after):
        layer = model.get_submodule(name)
        if type(layer) not in _AFFINE or has_hooks(layer) or _is_frozen(layer):
            continue
        target = after[name]
        while target in after and _is_between(model.get_submodule(target)):
            target = after[target]
        activation = model.get_submodule(target)
        if not is_activation(activation):
            continue
        new = _widened(layer, pieces)
        model.set_submodule(name, new)
        model.set_submodule(target, nn.Identity())
        old = f"{type(layer).__name__} and {target} {type(activation).__name__}"
        report.append(f"{name}: {old} -> {type(new).__name__}(pieces={pieces})")
    if not report:
        raise ModelError(
            "no convolution or linear map feeds an activation module (or the model "
            "cannot be traced); build it from `MaxoutConv2d` and `MaxoutLinear`."
        )
    return report


def _is_frozen(layer: nn.Module) -> bool:
    return not all(parameter.requires_grad for parameter in layer.parameters())


def _is_between(module: nn.Module) -> bool:
    return isinstance(module, nn.Identity) or type(module).__module__.startswith(
        _BETWEEN
    )


@torch.no_grad()
def _widened(layer: nn.Module, pieces: int) -> MaxoutConv2d | MaxoutLinear:
    """Return the maxout layer whose first piece is `layer`."""
    new: MaxoutConv2d | MaxoutLinear
    bias = layer.bias is not None
    if isinstance(layer, nn.Conv2d):
        new = MaxoutConv2d(
            layer.in_channels,
            layer.out_channels,
            layer.kernel_size,  # type: ignore[arg-type]
            pieces=pieces,
            stride=layer.stride,
            padding=layer.padding,
            dilation=layer.dilation,
            groups=layer.groups,
            bias=bias,
            padding_mode=layer.padding_mode,
        )
    else:
        assert isinstance(layer, nn.Linear)
        new = MaxoutLinear(
            layer.in_features, layer.out_features, bias=bias, pieces=pieces
        )
    new.to(layer.weight.device, layer.weight.dtype).train(layer.training)
    new.affine.weight.normal_(0, layer.weight.std(correction=0).item())
    new.affine.weight[::pieces] = layer.weight
    if new.affine.bias is not None and isinstance(layer.bias, torch.Tensor):
        new.affine.bias.zero_()
        new.affine.bias[::pieces] = layer.bias
    return new
