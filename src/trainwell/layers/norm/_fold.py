"""Fold BatchNorm into the convolution or linear map before or after it.

    s = gamma / sqrt(var + eps),    t = beta - s mean
    before:  W' = s W,    b' = s b + t
    after:   W' = W s,    b' = b + W t

Before scales the output channels, after the input channels.

Use: on a finished network, before it is served.
Side effects: faster evaluation, the same outputs up to rounding; the result is not for
further training.
Source: Jacob et al., "Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference", 2018, section 3.2, eq. 14,
https://arxiv.org/abs/1712.05877. Pairs are found in the traced graph, not by the order
in which modules were defined.
"""

import copy

import torch
from torch import Tensor, nn
from torch.nn.modules.conv import _ConvNd, _ConvTransposeNd

from trainwell.layers._graph import Calls, has_hooks
from trainwell.layers.convolution import SameConv2d
from trainwell.layers.norm._batch_renorm import BatchRenorm2d
from trainwell.layers.norm._freeze import is_only_frozen
from trainwell.layers.norm._sync_batch_norm import SyncBatchNorm
from trainwell.layers.norm._types import holds_activation, what_follows

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, SameConv2d)
_TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
_MAPS = (*_CONVOLUTIONS, *_TRANSPOSED, nn.Linear)
_TORCH_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d, nn.SyncBatchNorm)
_NORMS = (*_TORCH_NORMS, SyncBatchNorm, BatchRenorm2d)


def fold_batch_norm(model: nn.Module) -> nn.Module:
    """Return a copy in evaluation mode with BatchNorm folded where that is exact.

    Folded is a BatchNorm with running statistics (or one of ours that evaluates in the
    same way) whose input is the output of a convolution (grouped, transposed or not) or
    linear map that nothing else uses; otherwise one whose output only goes to a linear
    map or to a convolution that pads with nothing or with values of the image. It
    becomes an `nn.Identity` (or the activation that timm keeps in it); everything else
    is as in `model`. Subclasses and modules with hooks
    or parametrisations are left alone, since they may compute something else. A
    BatchNorm beside a linear map is taken to see (batch, features).

    A model that `torch.fx` cannot trace (control flow that depends on values) comes
    back as a copy in evaluation mode, with nothing folded.

    Example:
        >>> from trainwell.layers.norm import fold_batch_norm
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> fold_batch_norm(model)[1]
        Identity()
    """
    folded = copy.deepcopy(model).eval()
    gone = set()
    pairs = list(Calls(folded).pairs())
    for before, after in pairs:
        layer, norm = folded.get_submodule(before), folded.get_submodule(after)
        if _is_map(layer) and _is_norm(norm):
            _fold_into_previous(layer, norm)
            gone.add(after)
    for before, after in pairs:
        norm, layer = folded.get_submodule(before), folded.get_submodule(after)
        alone = _is_norm(norm) and not holds_activation(norm)
        if before not in gone and alone and _commutes(layer, norm):
            _fold_into_next(norm, layer)
            gone.add(before)
    for name in gone:
        folded.set_submodule(name, what_follows(folded.get_submodule(name)))
    return folded


def _is_map(module: nn.Module) -> bool:
    return type(module) in _MAPS and not has_hooks(module)


def _is_norm(module: nn.Module) -> bool:
    """Tell BatchNorms; of hooks only the one that `freeze` leaves is allowed."""
    return (
        isinstance(module, _NORMS)
        and (type(module) in _NORMS or holds_activation(module))
        and module.running_mean is not None
        and (not has_hooks(module) or is_only_frozen(module))
    )


def _commutes(layer: nn.Module, norm: nn.Module) -> bool:
    """Tell whether the map may come first: its border must not hold other values."""
    if not _is_map(layer) or isinstance(layer, _ConvTransposeNd):
        return False
    if isinstance(layer, nn.Linear):
        return layer.in_features == norm.num_features
    if isinstance(layer, SameConv2d):
        return not _scale_and_shift(norm)[1].any()
    assert isinstance(layer, _ConvNd)
    unpadded = layer.padding == "valid" or set(layer.padding) == {0}
    if unpadded or layer.padding_mode != "zeros":
        return True
    return not _scale_and_shift(norm)[1].any()


def _scale_and_shift(norm: nn.Module) -> tuple[Tensor, Tensor]:
    """Return s and t in float64."""
    assert isinstance(norm, _NORMS)
    mean, var = norm.running_mean, norm.running_var
    assert mean is not None
    assert var is not None
    scale = (var.double() + norm.eps).rsqrt()
    if norm.weight is not None:
        scale = scale * norm.weight
    shift = -scale * mean
    if norm.bias is not None:
        shift = shift + norm.bias
    return scale, shift


@torch.no_grad()
def _fold_into_previous(layer: nn.Module, norm: nn.Module) -> None:
    """Change the map in place to what map and then norm compute together."""
    assert isinstance(layer, _MAPS)
    scale, shift = _scale_and_shift(norm)
    bias = shift if layer.bias is None else scale * layer.bias + shift
    weight = layer.weight
    if isinstance(layer, _TRANSPOSED):  # (in, out / groups, ...), groups along `in`
        groups = layer.groups
        grouped = weight.unflatten(0, (groups, -1))
        factors = scale.view(groups, 1, -1, *[1] * (weight.ndim - 2))
        scaled = (grouped * factors).flatten(0, 1)
    else:
        scaled = weight * scale.view(-1, *[1] * (weight.ndim - 1))
    _set(layer, scaled, bias)


@torch.no_grad()
def _fold_into_next(norm: nn.Module, layer: nn.Module) -> None:
    """Change the map in place to what norm and then map compute together."""
    assert isinstance(layer, (*_CONVOLUTIONS, nn.Linear))
    groups = 1 if isinstance(layer, nn.Linear) else layer.groups
    grouped = layer.weight.double().unflatten(0, (groups, -1))  # (groups, out, in, ...)
    shape = (groups, 1, -1, *[1] * (layer.weight.ndim - 2))
    scale, shift = (value.view(shape) for value in _scale_and_shift(norm))
    constant = (grouped * shift).flatten(2).sum(2).flatten()
    bias = constant if layer.bias is None else layer.bias + constant
    _set(layer, (grouped * scale).flatten(0, 1), bias)


def _set(layer: nn.Module, weight: Tensor, bias: Tensor) -> None:
    dtype = next(layer.parameters()).dtype
    layer.weight = nn.Parameter(weight.to(dtype))
    layer.bias = nn.Parameter(bias.to(dtype))
