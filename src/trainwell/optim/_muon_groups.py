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

from collections.abc import Iterable
from typing import Any, Literal

import torch
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.optim._adamw import adamw
from trainwell.optim._combined import Combined
from trainwell.optim._muon import MuonMatrices
from trainwell.optim._nesterov import nesterov

_ADAMW = 1 / 200  # its rates over those of Nesterov momentum
_FOR_THE_REST = (5e-4, 2.8, 0.22, "nesterov")


class Muon(Combined):
    """Muon for the filters of a model, and another optimizer for everything else.

    Args:
        model: The network, whose last `nn.Linear` is taken for the head; or matrices
            and filters only, all of which Muon updates.
        lr: Learning rate of the filters.
        momentum: Momentum of Muon; that of Nesterov's method is 0.85.
        weight_decay: Fraction of the head removed per step at the full learning rate;
            filters are held at a fixed norm instead, and biases and norms do not decay.
        head_scale: Learning rate of the head over `lr`.
        bias_scale: Learning rate of biases and norms over `lr`.
        rest: The optimizer of the head, biases and norms; for `adamw` their learning
            rates are divided by 200 more, to 3e-3 and 3e-4 by default.

    Raises:
        ModelError: If the model has no linear layer, or nothing for Muon.
        ValueError: If a parameter given without its model has fewer than two axes.

    Example:
        >>> from trainwell.optim import Muon
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> optimizer = Muon(model, lr=0.1)
        >>> [len(group["params"]) for group in optimizer.param_groups]
        [1, 2, 1]
    """

    def __init__(  # noqa: PLR0913
        self,
        model: nn.Module | Iterable[Tensor],
        lr: float = 0.24,
        *,
        momentum: float = 0.6,
        weight_decay: float = 5e-4,
        head_scale: float = 2.8,
        bias_scale: float = 0.22,
        rest: Literal["nesterov", "adamw"] = "nesterov",
    ) -> None:
        checks.one_of("rest", rest, ("nesterov", "adamw"))
        checks.between("weight_decay", weight_decay, 0, float("inf"))
        filters: Iterable[Tensor]
        others: list[torch.optim.Optimizer] = []
        if isinstance(model, nn.Module):
            filters, biases, heads = _split(model)
            unit = lr * _ADAMW if rest == "adamw" else lr
            head_lr, bias_lr = unit * head_scale, unit * bias_scale
            groups: list[dict[str, Any]] = [
                {
                    "params": heads,
                    "lr": head_lr,
                    "weight_decay": weight_decay / head_lr,
                },
                {"params": biases, "lr": bias_lr, "weight_decay": 0.0},
            ]
            groups = [group for group in groups if group["params"]]
            if groups and rest == "adamw":
                others = [adamw(groups, unit)]
            elif groups:
                others = [nesterov(groups, unit, momentum=0.85)]
        else:
            filters = model
            given = (weight_decay, head_scale, bias_scale, rest)
            if given != _FOR_THE_REST:
                raise ValueError(
                    "`weight_decay`, `head_scale`, `bias_scale` and `rest` are for the "
                    "head, biases and norms: pass the model itself, `Muon(model)`."
                )
        muon = MuonMatrices(filters, lr, momentum=momentum, normalize=True, steps=3)
        super().__init__(muon, *others)


def _split(model: nn.Module) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
    """Return the trainable filters, biases with norms, and the head's parameters."""
    linear = [m for m in model.modules() if isinstance(m, nn.Linear)]
    if not linear:
        raise ModelError("optimizer `muon` needs a linear last layer; use `nesterov`.")
    head = {id(p) for p in linear[-1].parameters()}
    trained = [p for p in model.parameters() if p.requires_grad]
    filters: list[Tensor] = [p for p in trained if p.ndim >= 2 and id(p) not in head]
    biases: list[Tensor] = [p for p in trained if p.ndim < 2 and id(p) not in head]
    if not filters:
        raise ModelError("optimizer `muon` found no filters to train; use `nesterov`.")
    return filters, biases, [p for p in trained if id(p) in head]
