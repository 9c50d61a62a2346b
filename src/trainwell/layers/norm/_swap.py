"""Replace the normalisation of any model.

Use: to compare norms on the same network, or to move a network to small batches.
Side effects: what both norms have is kept (gamma, beta, running statistics, constants,
mode, frozenness); a trained network needs more training, unless the two evaluate in the
same way (`batch_norm`, `sync_batch_norm`, `batch_renorm`).
Source: the comparison of Wu & He, "Group Normalization", 2018, section 4,
https://arxiv.org/abs/1803.08494.
"""

from typing import Any

import torch
from torch import nn
from torch.nn.modules.batchnorm import _NormBase
from torch.nn.modules.conv import _ConvNd

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.techniques import builders
from trainwell.layers._graph import Calls
from trainwell.layers.norm._batch_norm import batch_norm_1d_layer
from trainwell.layers.norm._carry import arguments_of, carry_state
from trainwell.layers.norm._types import RunningNorm, holds_activation, what_follows
from trainwell.layers.norm._weight_norm import weight_norm

_NO_LAYER = ("none", "weight_norm")
_NEEDS_POSITIONS = ("instance_norm", "batch_instance_norm", "group_norm")
_VECTORS = (nn.BatchNorm1d, nn.InstanceNorm1d)
_IMAGES = (nn.BatchNorm2d, nn.InstanceNorm2d, nn.SyncBatchNorm, nn.GroupNorm)
_PLAIN = (*_VECTORS, *_IMAGES)  # not their subclasses, which may do more
_LEFT = (_NormBase, nn.LayerNorm, nn.GroupNorm)


def swap_norm(model: nn.Module, kind: str, **arguments: Any) -> tuple[str, ...]:  # noqa: ANN401
    """Replace every norm by one of another kind, in place.

    "none" removes the norms, and gives a bias to each layer that fed one and had none;
    "weight_norm" does so and normalises the weights of all convolutions and linear
    maps. Norms over the last axis (`nn.LayerNorm` in transformers) and of volumes
    stay, and so do norms of vectors where the new kind needs positions.

    Args:
        model: Any model with norms as modules.
        kind: The recipe's name of a norm, or "none", or "weight_norm".
        arguments: Those of the norm in a recipe, in place of the old norm's constants.

    Returns:
        One line per norm, saying what was kept and what was lost.

    Raises:
        ValueError: If there is no such kind, or an argument is wrong.
        ModelError: If the model has no norm that can be replaced, or no weight that
            can be normalised.

    Example:
        >>> from trainwell.layers.norm import swap_norm
        >>> from torch import nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
        >>> messages = swap_norm(model, "group_norm", groups=2)
        >>> model[1]
        GroupNorm(2, 4, eps=1e-05, affine=True, bias=True)
    """
    checks.one_of("kind", kind, builders("norm"))
    named = list(model.named_modules(remove_duplicate=False))
    norms = {name: module for name, module in named if name and _is_norm(module)}
    if not norms and kind != "weight_norm":
        raise ModelError(
            "the model has no norm that can be replaced: no BatchNorm, InstanceNorm or "
            "GroupNorm module for vectors or images."
        )
    others = [
        f"{name}: {_shown(module)} left as it is"
        for name, module in named
        if isinstance(module, _LEFT) and not _is_norm(module)
    ]
    if kind not in _NO_LAYER:
        return (*_exchange(model, norms, kind, arguments), *others)
    if arguments:
        raise ValueError(f"`{kind}` takes no arguments, got {', '.join(arguments)}.")
    report = _remove(model, norms)
    if kind == "weight_norm":
        names = weight_norm(model)
        if not names:
            raise ModelError("the model has no weight that weight_norm can normalise.")
        report += [f"{name}: weight normalised" for name in names]
    return (*report, *others)


def _exchange(
    model: nn.Module, norms: dict[str, nn.Module], kind: str, arguments: dict[str, Any]
) -> list[str]:
    """Put a new norm in place of each old one; shared modules stay shared."""
    fed_by = {after: before for before, after in Calls(model).pairs()}
    made: dict[nn.Module, tuple[nn.Module, str]] = {}
    for name, old in norms.items():
        if old not in made:
            before = model.get_submodule(fed_by[name]) if name in fed_by else None
            vectors = isinstance(old, _VECTORS) or isinstance(before, nn.Linear)
            made[old] = _replacement(old, kind, arguments, vectors=vectors)
        model.set_submodule(name, made[old][0])
    return [f"{name}: {made[old][1]}" for name, old in norms.items()]


def _replacement(
    old: nn.Module, kind: str, arguments: dict[str, Any], *, vectors: bool
) -> tuple[nn.Module, str]:
    """Return the new module and what became of the old one."""
    if vectors and kind in _NEEDS_POSITIONS:
        return old, f"{_shown(old)} left as it is: {kind} needs positions"
    builder = builders("norm")[kind]
    if vectors and kind == "batch_norm":
        builder = batch_norm_1d_layer
    channels = old.num_channels if isinstance(old, nn.GroupNorm) else old.num_features
    new = builder(channels, **arguments_of(old, builder, arguments))
    example = next(
        (t for t in old.state_dict().values() if t.is_floating_point()), None
    )
    if example is not None:
        new.to(example.device, example.dtype)
    kept, lost = carry_state(old, new)
    words = f"{_shown(old)} -> {_shown(new)}"
    words += f"; kept {', '.join(kept)}" if kept else "; kept nothing"
    words += f"; lost {', '.join(lost)}" if lost else ""
    if holds_activation(old):
        new = nn.Sequential(new, *old.children())
    return new, words


def _remove(model: nn.Module, norms: dict[str, nn.Module]) -> list[str]:
    """Put identities in place of norms, and biases where norms had stood in."""
    calls = Calls(model)
    report = [f"{name}: {_shown(norm)} removed" for name, norm in norms.items()]
    if not calls.traced:
        report.append("no biases added: the model cannot be traced")
    for before, after in calls.pairs():
        layer = model.get_submodule(before)
        if after not in norms or not isinstance(layer, (_ConvNd, nn.Linear)):
            continue
        if layer.bias is None:
            layer.bias = _bias_of(norms[after], layer)
            report.append(f"{before}: bias added")
    for name, norm in norms.items():
        model.set_submodule(name, what_follows(norm))
    return report


def _bias_of(norm: nn.Module, layer: _ConvNd | nn.Linear) -> nn.Parameter:
    """Return the norm's beta, or zeros, as a bias of the layer."""
    weight = layer.weight
    linear = isinstance(layer, nn.Linear)
    outputs = layer.out_features if linear else layer.out_channels
    values = norm.state_dict().get("bias", torch.zeros(outputs))  # type: ignore[arg-type]
    return nn.Parameter(values.to(weight, copy=True), weight.requires_grad)


def _is_norm(module: nn.Module) -> bool:
    own = isinstance(module, RunningNorm)
    return own or type(module) in _PLAIN or holds_activation(module)


def _shown(module: nn.Module) -> str:
    return f"{type(module).__name__}({module.extra_repr().split(', eps')[0]})"
