"""What every optimizer here accepts, and how it asks torch to run the update."""

from collections.abc import Iterable
from typing import Any

from torch import Tensor

from trainwell.core import checks

Params = Iterable[Tensor] | Iterable[dict[str, Any]]
"""Parameters, or groups of them as `decay_groups` makes."""

_FUSED_DEVICES = {"cpu", "cuda", "mps"}


def prepared(params: Params, lr: float) -> tuple[list[Any], dict[str, bool]]:
    """Check what is common to all; return the groups and the choice of kernel.

    The fused kernel walks over memory without looking at strides, so it is chosen
    only for contiguous weights; weights in channels_last take the foreach one. So
    give the model its memory format first: a state restored contiguous under fused
    weights in channels_last would be read in the wrong order.

    Raises:
        ValueError: If there is no parameter, or `lr` is negative.
    """
    checks.between("lr", lr, 0, float("inf"))
    groups: list[Any] = list(params)
    tensors: list[Tensor] = [
        tensor
        for group in groups
        for tensor in (group["params"] if isinstance(group, dict) else [group])
    ]
    if not tensors:
        raise ValueError(
            "`params` must hold at least one parameter, got none; is all frozen?"
        )
    fused = all(
        tensor.device.type in _FUSED_DEVICES
        and tensor.is_floating_point()
        and tensor.is_contiguous()
        for tensor in tensors
    )
    return groups, {"fused": True} if fused else {"foreach": True}
