"""Clip the gradient of all parameters together by its norm.

    g <- g min(1, limit / (|g| + 1e-6)),   |g| over all parameters

Use: by default where single batches give huge gradients (attention, recurrent nets,
high rates).
Side effects: a limit that is reached at most steps is a lower rate in disguise: watch
the norm that is returned.
Source: Pascanu, Mikolov & Bengio, "On the difficulty of training recurrent neural
networks", 2013, algorithm 1, https://arxiv.org/abs/1211.5063. Values are those of
torch's `clip_grad_norm_`, but a norm that is not finite leaves the gradients as they
are.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim.gradients._types import Params, global_norm, gradients


@torch.no_grad()
def clip_norm(params: Params, *, limit: float = 1.0) -> Float[Tensor, ""]:
    """Scale all gradients in place to a global norm of at most `limit`.

    Args:
        params: Parameters after backward; those without a gradient are skipped.
        limit: Largest global norm.

    Returns:
        The global norm before. If it is not finite, nothing was scaled: scaling would
        turn infinity into NaN and the rest into zeros, and hide where it came from.

    Raises:
        ValueError: If `limit` is not positive.

    Example:
        >>> from trainwell.optim.gradients import clip_norm
        >>> weight = torch.nn.Parameter(torch.ones(2))
        >>> weight.grad = torch.tensor([3.0, -4.0])
        >>> clip_norm([weight], limit=1.0)
        tensor(5.)
        >>> weight.grad
        tensor([ 0.6000, -0.8000])
    """
    checks.positive("limit", limit)
    params = list(params)
    norm = global_norm(params)
    scale = torch.where(norm.isfinite(), (limit / (norm + 1e-6)).clamp(max=1), 1)
    for g in gradients(params):
        g.mul_(scale.to(g.device))
    return norm
