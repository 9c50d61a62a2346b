"""Swish: the input times its own sigmoid gate.

    f(x) = x sigmoid(beta x)

With beta = 1 it is SiLU; with beta = 0, x / 2; for large beta it approaches `relu`.

Use: in place of `relu` in deep networks; the gain is small but steady.
Side effects: smooth and without dead units; a sigmoid per value costs time and memory;
a learned beta adds one parameter per channel.
Source: Ramachandran et al., "Searching for Activation Functions", 2017, section 4,
https://arxiv.org/abs/1710.05941. Fixed beta = 1 is torch's SiLU.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks


def swish(
    x: Float[Tensor, "..."], beta: Float[Tensor, "..."] | float = 1.0
) -> Float[Tensor, "..."]:
    """Return x sigmoid(beta x).

    Args:
        x: Any shape.
        beta: Steepness of the gate; a tensor broadcasts against x.

    Example:
        >>> from trainwell.layers.activations.functional import swish
        >>> swish(torch.tensor([-1.0, 0.0, 1.0]), beta=2.0)
        tensor([-0.1192,  0.0000,  0.8808])
    """
    return x * torch.sigmoid(beta * x)


class Swish(nn.Module):
    """`swish` with one beta per channel (axis 1), or one for all.

    Args:
        num_features: Channels; 1 shares one beta.
        beta: Its value, at the start if learned.
        learned: Whether beta is a parameter; otherwise it is a buffer.

    Raises:
        ValueError: If `num_features` is not positive or `beta` not finite.

    Example:
        >>> from trainwell.layers.activations import Swish
        >>> Swish(beta=2.0)(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.1192,  0.0000,  0.8808])
    """

    beta: Tensor

    def __init__(
        self, num_features: int = 1, *, beta: float = 1.0, learned: bool = False
    ) -> None:
        super().__init__()
        checks.positive("num_features", num_features)
        if not math.isfinite(beta):
            raise ValueError(f"`beta` must be finite, got {beta!r}.")
        values = torch.full((num_features,), float(beta))
        if learned:
            self.beta = nn.Parameter(values)
        else:
            self.register_buffer("beta", values)

    def forward(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        """Apply to a batch of any rank."""
        if len(self.beta) == 1:
            return swish(x, self.beta)
        return swish(x, self.beta.view(-1, *[1] * (x.ndim - 2)))

    def extra_repr(self) -> str:
        """Show the channels and whether beta is learned."""
        return f"{len(self.beta)}, learned={isinstance(self.beta, nn.Parameter)}"


def swish_layer(
    num_features: int = 1, *, beta: float = 1.0, learned: bool = False
) -> nn.Module:
    """Return swish as a layer: torch's SiLU if beta is 1 and stays so.

    Args:
        num_features: Channels at axis 1, each with its own beta if learned.
        beta: Steepness of the gate, at the start if learned.
        learned: Learn beta.

    Raises:
        ValueError: If `num_features` is not positive or `beta` not finite.
    """
    if beta == 1 and not learned:
        checks.positive("num_features", num_features)
        return nn.SiLU()
    return Swish(num_features if learned else 1, beta=beta, learned=learned)
