"""Fold BatchNorm into the convolution or linear map before it.

    s = gamma / sqrt(var + eps)
    W' = s W,    b' = s (b - mean) + beta

Source: Jacob et al., "Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference", 2018, section 3.2, eq. 14,
https://arxiv.org/abs/1712.05877. Pairs are found in the traced graph, not by the order
in which modules were defined.
"""

import copy
from collections import Counter

import torch
from torch import fx, nn

_MAPS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.Linear)
_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def fold_batch_norm(model: nn.Module) -> nn.Module:
    """Return a copy in evaluation mode with BatchNorm folded where that is exact.

    Folded is a BatchNorm with running statistics whose input is the output of a
    convolution (grouped or not) or linear map that nothing else uses. It becomes an
    `nn.Identity`; everything else is as in `model`. Subclasses and modules with hooks
    or parametrisations are left alone, since they may compute something else. A
    BatchNorm1d after a linear map is taken to see (batch, features).

    A model that `torch.fx` cannot trace (control flow that depends on values) comes
    back as a copy in evaluation mode, with nothing folded.
    """
    folded = copy.deepcopy(model).eval()
    for map_name, norm_name in _pairs(folded):
        _fold(folded.get_submodule(map_name), folded.get_submodule(norm_name))
        folded.set_submodule(norm_name, nn.Identity())
    return folded


def _pairs(model: nn.Module) -> list[tuple[str, str]]:
    """Find (map, norm) by name, where the map's only use is the norm."""
    try:
        graph = fx.Tracer().trace(model)
    except Exception:  # tracing runs the user's forward, which may raise anything
        return []
    calls = [node for node in graph.nodes if node.op == "call_module"]
    modules = {node: model.get_submodule(str(node.target)) for node in calls}
    uses = Counter(id(module) for module in modules.values())
    names = Counter(id(m) for _, m in model.named_modules(remove_duplicate=False))
    single = {
        node: module
        for node, module in modules.items()
        if uses[id(module)] == names[id(module)] == 1
    }
    return [
        (str(before.target), str(node.target))
        for node, norm in single.items()
        if type(norm) in _NORMS and norm.running_mean is not None
        if not norm._forward_hooks
        if (before := node.all_input_nodes[0]) in single and len(before.users) == 1
        if type(single[before]) in _MAPS and not _has_hooks(single[before])
    ]


def _has_hooks(module: nn.Module) -> bool:
    return bool(module._forward_pre_hooks or module._forward_hooks)


@torch.no_grad()
def _fold(before: nn.Module, norm: nn.Module) -> None:
    """Change the map in place to what map and norm compute together."""
    assert isinstance(before, _MAPS)
    assert isinstance(norm, _NORMS)
    mean, var = norm.running_mean, norm.running_var
    assert mean is not None
    assert var is not None
    weight = before.weight
    scale = (var.double() + norm.eps).rsqrt()
    if norm.weight is not None:
        scale = scale * norm.weight
    bias = (-mean if before.bias is None else before.bias - mean) * scale
    if norm.bias is not None:
        bias = bias + norm.bias
    shape = (-1,) + (1,) * (weight.ndim - 1)
    before.weight = nn.Parameter((weight * scale.view(shape)).to(weight.dtype))
    before.bias = nn.Parameter(bias.to(weight.dtype))
