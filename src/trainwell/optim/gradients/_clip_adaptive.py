"""Clip the gradient of each unit by the norm of its weights.

    g_i <- g_i min(1, limit max(|w_i|, eps) / |g_i|)

where i is a row of a matrix, an output filter of a convolution, or a whole vector.

Use: for networks without normalisation, at large batches and high rates; not on the
last layer.
Side effects: the largest relative change of a unit per step is lr * limit under SGD.
Source: Brock et al., "High-Performance Large-Scale Image Recognition Without
Normalization", 2021, eq. 3, https://arxiv.org/abs/2102.06171
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim.gradients._types import Params, global_norm


@torch.no_grad()
def clip_adaptive(
    params: Params, *, limit: float = 0.01, eps: float = 1e-3
) -> Float[Tensor, ""]:
    """Scale the gradients of units in place; return the global norm before.

    Args:
        params: Parameters after backward; those without a gradient are skipped, and
            so are units whose gradient is not finite: look at the norm.
        limit: Largest norm of a unit's gradient over that of its weights.
        eps: Least norm of weights, so that those at zero can move.

    Raises:
        ValueError: If `limit` or `eps` is not positive.

    Example:
        >>> from trainwell.optim.gradients import clip_adaptive
        >>> weight = torch.nn.Parameter(torch.ones(2))
        >>> weight.grad = torch.tensor([3.0, -4.0])
        >>> clip_adaptive([weight], limit=0.01)
        tensor(5.)
        >>> weight.grad
        tensor([ 0.0085, -0.0113])
    """
    checks.positive("limit", limit)
    checks.positive("eps", eps)
    params = list(params)
    norm = global_norm(params)
    for x in params:
        if x.grad is not None:
            most = limit * _unit_norms(x).clamp(min=eps)
            norms = _unit_norms(x.grad)
            clipped = (norms > most) & norms.isfinite()
            x.grad.mul_(torch.where(clipped, most / norms, 1))
    return norm


def _unit_norms(x: Tensor) -> Tensor:
    """Return norms over all axes but the first; over all of a vector or scalar."""
    axes = tuple(range(1 if x.ndim > 1 else 0, x.ndim))
    norms: Tensor = torch.linalg.vector_norm(x, dim=axes, keepdim=True)
    return norms
