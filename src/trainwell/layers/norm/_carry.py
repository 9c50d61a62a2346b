"""Build one norm in place of another, keeping what both have.

Use: by `swap_norm`.
Side effects: none.
Source: ours; which states agree follows from the definitions of the norms.
"""

import inspect
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm

from trainwell.layers.norm._decorrelated_batch_norm import DecorrelatedBatchNorm2d
from trainwell.layers.norm._freeze import freeze_statistics, is_frozen
from trainwell.layers.norm._types import has_statistics


def arguments_of(
    old: nn.Module, builder: Callable[..., nn.Module], given: dict[str, Any]
) -> dict[str, Any]:
    """Return the constants of `old` that `builder` takes, and those given."""
    constants = {name: getattr(old, name, None) for name in ("eps", "momentum")}
    if isinstance(old, _BatchNorm):
        constants["affine"] = old.affine
        constants["track"] = old.track_running_stats
    known = inspect.signature(builder).parameters
    kept = {k: v for k, v in constants.items() if k in known and v is not None}
    return {**kept, **given}


@torch.no_grad()
def carry_state(old: nn.Module, new: nn.Module) -> tuple[list[str], list[str]]:
    """Copy parameters, statistics, mode and frozenness; return names kept and lost.

    A running mean without the spread that belongs to it is not kept.
    """
    before, after = _state(old), _state(new)
    if "running_var" in before and isinstance(new, DecorrelatedBatchNorm2d):
        scale = (before.pop("running_var") + new.eps).rsqrt()
        diagonal = scale.view(-1, new.group_size).diag_embed()
        before["running_whitening"] = diagonal
    kept = [n for n in before if n in after and before[n].shape == after[n].shape]
    if not {"running_var", "running_whitening"} & set(kept):
        kept = [n for n in kept if n not in ("running_mean", "num_batches_tracked")]
    for name in kept:
        after[name].copy_(before[name])
        after[name].requires_grad_(before[name].requires_grad)
    own = list(old.parameters())
    if own and not any(parameter.requires_grad for parameter in own):
        new.requires_grad_(False)
    new.train(old.training)
    if is_frozen(old) and has_statistics(new):
        freeze_statistics(new)
    return kept, [name for name in before if name not in kept]


def _state(layer: nn.Module) -> dict[str, Tensor]:
    return {**dict(layer.named_parameters()), **dict(layer.named_buffers())}
