"""Muon for the filters, Nesterov momentum or AdamW for everything else.

Biases and norms learn at `lr * bias_scale`, the last layer at `lr * head_scale`; Muon
takes every other parameter with two or more axes.

Use: for the fastest training of convolutional networks from scratch.
Side effects: with `normalize` weights keep their norm, so weight decay of filters has
no meaning.
Source: Jordan et al., "Muon", 2024, https://kellerjordan.github.io/posts/muon (which
parameters to leave out); the default ratios are those of the airbench94 record:
0.24 for filters, 0.053 for biases, 0.67 for the head.
"""

from typing import Any, Literal

import torch
from torch import nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.optim._adamw import adamw
from trainwell.optim._combined import Combined
from trainwell.optim._muon import Muon
from trainwell.optim._nesterov import nesterov

_ADAMW = 1 / 200  # its rates over those of Nesterov momentum


def muon(  # noqa: PLR0913
    model: nn.Module,
    lr: float = 0.24,
    *,
    momentum: float = 0.6,
    weight_decay: float = 5e-4,
    head_scale: float = 2.8,
    bias_scale: float = 0.22,
    rest: Literal["nesterov", "adamw"] = "nesterov",
) -> Combined:
    """Return the two optimizers as one.

    Args:
        model: Its last `nn.Linear` is taken for the head.
        lr: Rate of the filters.
        momentum: Of Muon; Nesterov's is 0.85.
        weight_decay: Share of the head removed per step at the full rate; filters are
            held at a fixed norm instead, and biases and norms are left alone.
        head_scale: Rate of the head over `lr`.
        bias_scale: Rate of biases and norms over `lr`.
        rest: What moves the head, biases and norms; for `adamw` their rates are divided
            by 200 more, to 3e-3 and 3e-4 by default.

    Raises:
        ModelError: If the model has no linear layer, or nothing for Muon.
    """
    checks.one_of("rest", rest, ("nesterov", "adamw"))
    checks.between("weight_decay", weight_decay, 0, float("inf"))
    linear = [m for m in model.modules() if isinstance(m, nn.Linear)]
    if not linear:
        raise ModelError("optimizer `muon` needs a linear last layer; use `nesterov`.")
    head = {id(p) for p in linear[-1].parameters()}
    trained = [p for p in model.parameters() if p.requires_grad]
    filters = [p for p in trained if p.ndim >= 2 and id(p) not in head]
    biases = [p for p in trained if p.ndim < 2 and id(p) not in head]
    heads = [p for p in trained if id(p) in head]
    if not filters:
        raise ModelError("optimizer `muon` found no filters to train; use `nesterov`.")
    unit = lr * _ADAMW if rest == "adamw" else lr
    head_rate, bias_rate = unit * head_scale, unit * bias_scale
    groups: list[dict[str, Any]] = [
        {"params": heads, "lr": head_rate, "weight_decay": weight_decay / head_rate},
        {"params": biases, "lr": bias_rate, "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    others: list[torch.optim.Optimizer] = []
    if groups:
        adam = rest == "adamw"
        others = [
            adamw(groups, unit) if adam else nesterov(groups, unit, momentum=0.85)
        ]
    return Combined(
        Muon(filters, lr, momentum=momentum, normalize=True, steps=3), *others
    )
