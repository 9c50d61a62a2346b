"""Shake-Shake: mix two residual branches at random, differently in the two passes.

    forward:   y_n = x_n + a_n F_1(x_n) + (1 - a_n) F_2(x_n),    a_n ~ U(0, 1)
    backward:  the gradient reaches F_1 times b_n and F_2 times 1 - b_n,  b_n ~ U(0, 1)

In evaluation a = 1/2.

Use: in residual networks with two branches, trained for hundreds of epochs.
Side effects: very strong noise: needs a long cosine schedule, and the training loss
stays high; two branches cost twice one.
Source: Gastaldi, "Shake-Shake regularization", 2017, section 2,
https://arxiv.org/abs/1705.07485 (the variant Shake-Shake-Image).
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.layers.stochastic._types import StochasticLayer


def shake_shake(
    first: Float[Tensor, "batch ..."],
    second: Float[Tensor, "batch ..."],
    alpha: Float[Tensor, " batch"],
    beta: Float[Tensor, " batch"],
) -> Float[Tensor, "batch ..."]:
    """Mix two residual branches, differently in the two passes.

    Args:
        first: Output of one branch.
        second: Output of the other.
        alpha: Share of the first branch in the forward pass, one per sample.
        beta: Share of the first branch in the backward pass.

    Example:
        >>> from trainwell.layers.stochastic.functional import shake_shake
        >>> alpha, beta = torch.tensor([0.25]), torch.tensor([0.9])
        >>> shake_shake(torch.ones(1, 2), torch.zeros(1, 2), alpha, beta)
        tensor([[0.2500, 0.2500]])
    """
    shape = (-1, *[1] * (first.ndim - 1))
    forward, backward = (
        share.view(shape) * first + (1 - share.view(shape)) * second
        for share in (alpha, beta)
    )
    return backward + (forward - backward).detach()


class ShakeShake(StochasticLayer):
    """`shake_shake` in training, their mean in evaluation.

    Example:
        >>> from trainwell.layers.stochastic import ShakeShake
        >>> ShakeShake().eval()(torch.ones(1, 2), 3 * torch.ones(1, 2))
        tensor([[2., 2.]])
    """

    def forward(
        self, first: Float[Tensor, "batch ..."], second: Float[Tensor, "batch ..."]
    ) -> Float[Tensor, "batch ..."]:
        """Mix the outputs of two branches."""
        if not self.training:
            return (first + second) / 2
        alpha, beta = torch.rand(2, len(first), device=first.device, dtype=first.dtype)
        return shake_shake(first, second, alpha, beta)
