"""Shake-Shake: mix two residual branches at random, differently forth and back.

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

from trainwell.layers.noise._types import NoiseLayer


def mix_branches(
    first: Float[Tensor, "batch ..."],
    second: Float[Tensor, "batch ..."],
    alpha: Float[Tensor, " batch"],
    beta: Float[Tensor, " batch"],
) -> Float[Tensor, "batch ..."]:
    """Mix by alpha in the forward and by beta in the backward pass."""
    shape = (-1, *[1] * (first.ndim - 1))
    forth, back = (
        share.view(shape) * first + (1 - share.view(shape)) * second
        for share in (alpha, beta)
    )
    return back + (forth - back).detach()


class ShakeShake(NoiseLayer):
    """`mix_branches` in training, their mean in evaluation."""

    def forward(
        self, first: Float[Tensor, "batch ..."], second: Float[Tensor, "batch ..."]
    ) -> Float[Tensor, "batch ..."]:
        """Mix the outputs of two branches."""
        if not self.training:
            return (first + second) / 2
        alpha, beta = torch.rand(2, len(first), device=first.device, dtype=first.dtype)
        return mix_branches(first, second, alpha, beta)


def shake_shake() -> ShakeShake:
    """Return the layer that mixes the outputs of two branches."""
    return ShakeShake()
