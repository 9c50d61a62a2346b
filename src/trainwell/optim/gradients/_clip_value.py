"""Clip each number of the gradient.

    g <- min(max(g, -limit), limit)

Use: against single huge entries, in recurrent networks above all; else clip by norm.
Side effects: the direction of the gradient changes.
Source: Mikolov, "Statistical Language Models Based on Neural Networks", 2012, section
3.2.2.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim.gradients._types import Params, global_norm, gradients


@torch.no_grad()
def clip_value(params: Params, *, limit: float = 1.0) -> Float[Tensor, ""]:
    """Clip every entry in place; return the global norm before.

    Args:
        params: Parameters after backward; those without a gradient are skipped.
            NaN stays NaN, and infinity becomes the limit: look at the norm.
        limit: Largest absolute value.

    Raises:
        ValueError: If `limit` is not positive.

    Example:
        >>> from trainwell.optim.gradients import clip_value
        >>> weight = torch.nn.Parameter(torch.ones(2))
        >>> weight.grad = torch.tensor([3.0, -4.0])
        >>> clip_value([weight], limit=1.0)
        tensor(5.)
        >>> weight.grad
        tensor([ 1., -1.])
    """
    checks.positive("limit", limit)
    params = list(params)
    norm = global_norm(params)
    for g in gradients(params):
        g.clamp_(-limit, limit)
    return norm
