"""What the treatments of gradients share."""

from collections.abc import Iterable

from jaxtyping import Float
from torch import Tensor, nn

Params = Iterable[Tensor]
"""Parameters after backward."""


def gradients(params: Params) -> list[Tensor]:
    """Return the gradients that are there."""
    return [x.grad for x in params if x.grad is not None]


def global_norm(params: Params) -> Float[Tensor, ""]:
    """Return the norm of all gradients as one vector."""
    norm: Tensor = nn.utils.get_total_norm(gradients(params))
    return norm
