"""Copy a model and its optimizer, so that the copy moves its own weights.

Source: none. PyTorch's own copy of an optimizer keeps groups and state alone, and a
scheduler leaves a `step` on it that is bound to the original: all other attributes are
copied here, and that `step` is left out.
"""

import copy
from typing import Any

from torch import nn
from torch.optim import Optimizer


def copy_training(
    model: nn.Module, optimizer: Optimizer
) -> tuple[nn.Module, Optimizer]:
    """Return a model and an optimizer that share nothing with the originals."""
    memo: dict[int, Any] = {}
    copied = copy.deepcopy(model, memo)
    return copied, _copy(optimizer, memo)


def _copy(optimizer: Optimizer, memo: dict[int, Any]) -> Optimizer:
    made = type(optimizer).__new__(type(optimizer))
    memo[id(optimizer)] = made
    attributes = {k: v for k, v in vars(optimizer).items() if k != "step"}
    for value in attributes.values():
        for part in value if isinstance(value, list | tuple) else [value]:
            if isinstance(part, Optimizer) and id(part) not in memo:
                _copy(part, memo)
    vars(made).update(copy.deepcopy(attributes, memo))
    return made
