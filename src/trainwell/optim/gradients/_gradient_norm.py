"""Normalise the gradient of each block: give every parameter's gradient norm 1.

    g_b <- g_b / (|g_b| + eps)   for each parameter tensor b

Use: in deep networks whose layers see gradients of very different sizes; only the
direction counts then, and the rate alone sets the step.
Side effects: gradients no longer shrink at a minimum, so the rate must fall to 0; rates
are not those of plain SGD.
Source: Yu et al., "Block-Normalized Gradient Method: An Empirical Study for Training
Deep Neural Network", 2017, algorithm 1, https://arxiv.org/abs/1707.04822, where a block
is a layer.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.optim.gradients._types import Params, global_norm, gradients


@torch.no_grad()
def gradient_norm(params: Params, *, eps: float = 1e-8) -> Float[Tensor, ""]:
    """Normalise every gradient in place; return the global norm before.

    Args:
        params: Parameters after backward; those without a gradient are skipped, and
            so are those whose gradient is not finite: look at the norm.
        eps: Added to each norm, so that zeros stay zeros.

    Raises:
        ValueError: If `eps` is not positive.

    Example:
        >>> from trainwell.optim.gradients import gradient_norm
        >>> weight = torch.nn.Parameter(torch.ones(2))
        >>> weight.grad = torch.tensor([3.0, -4.0])
        >>> gradient_norm([weight])
        tensor(5.)
        >>> weight.grad
        tensor([ 0.6000, -0.8000])
    """
    checks.positive("eps", eps)
    params = list(params)
    norm = global_norm(params)
    for g in gradients(params):
        length = torch.linalg.vector_norm(g)
        g.div_(torch.where(length.isfinite(), length + eps, 1))
    return norm
