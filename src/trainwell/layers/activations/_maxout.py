"""Maxout: the largest of k affine maps.

    f(x)_i = max_j (W_ij x + b_ij),    j = 1 ... k

Piece j of output i is channel i k + j of one wider affine map.

Use: with dropout, where the shape of the activation itself should be learned; relu
and leaky relu are special cases. `swap_maxout` puts it into a finished network.
Side effects: k times the parameters and the work of the layer; no saturation and no
dead units.
Source: Goodfellow et al., "Maxout Networks", 2013, section 3,
https://arxiv.org/abs/1302.4389.
"""

from typing import Any

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks


def maxout(
    x: Float[Tensor, "..."], *, pieces: int = 2, axis: int = 1
) -> Float[Tensor, "..."]:
    """Return the largest of every `pieces` adjacent values along `axis`.

    Args:
        x: Any shape whose size along `axis` is a multiple of `pieces`.
        pieces: k; 1 is the identity.
        axis: Which axis shrinks by the factor k.

    Raises:
        ValueError: If `pieces` is not positive or does not divide the axis.

    Example:
        >>> from trainwell.layers.activations.functional import maxout
        >>> maxout(torch.tensor([[1.0, 5.0, -2.0, -3.0]]), pieces=2)
        tensor([[ 5., -2.]])
    """
    checks.positive("pieces", pieces)
    if x.shape[axis] % pieces:
        raise ValueError(
            f"`pieces` must divide the {x.shape[axis]} channels, got {pieces}."
        )
    largest: Tensor = x.movedim(axis, -1).unflatten(-1, (-1, pieces)).amax(-1)
    return largest.movedim(-1, axis)


class Maxout(nn.Module):
    """`maxout` along axis 1, after a layer with k times the channels.

    Args:
        pieces: k; the layer before must have k times the channels wanted.

    Raises:
        ValueError: If `pieces` is not positive.

    Example:
        >>> from trainwell.layers.activations import Maxout
        >>> Maxout(pieces=2)(torch.tensor([[1.0, 5.0, -2.0, -3.0]]))
        tensor([[ 5., -2.]])
    """

    def __init__(self, pieces: int = 2) -> None:
        super().__init__()
        checks.positive("pieces", pieces)
        self.pieces = pieces

    def forward(self, x: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
        """Return a k-th of the channels."""
        return maxout(x, pieces=self.pieces)

    def extra_repr(self) -> str:
        """Show the pieces."""
        return f"pieces={self.pieces}"


class MaxoutLinear(nn.Module):
    """The largest of `pieces` linear maps of the last axis.

    Args:
        in_features: Size of the last axis.
        out_features: Size of the last axis of the output.
        bias: Whether each piece has a bias.
        pieces: k.

    Example:
        >>> from trainwell.layers.activations import MaxoutLinear
        >>> MaxoutLinear(8, 4, pieces=3)(torch.rand(2, 8)).shape
        torch.Size([2, 4])
    """

    def __init__(
        self, in_features: int, out_features: int, bias: bool = True, *, pieces: int = 2
    ) -> None:
        super().__init__()
        checks.positive("pieces", pieces)
        self.pieces = pieces
        self.affine = nn.Linear(in_features, out_features * pieces, bias)

    def forward(self, x: Float[Tensor, "... inputs"]) -> Float[Tensor, "... outputs"]:
        """Apply to a batch of any rank."""
        return maxout(self.affine(x), pieces=self.pieces, axis=-1)


class MaxoutConv2d(nn.Module):
    """The largest of `pieces` convolutions.

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel_size: Height and width of the kernel, as in `nn.Conv2d`.
        pieces: k.
        options: Other arguments of `nn.Conv2d` (stride, padding, groups ...).

    Example:
        >>> from trainwell.layers.activations import MaxoutConv2d
        >>> MaxoutConv2d(3, 4, 3, padding=1, pieces=2)(torch.rand(2, 3, 8, 8)).shape
        torch.Size([2, 4, 8, 8])
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | tuple[int, int],
        *,
        pieces: int = 2,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__()
        checks.positive("pieces", pieces)
        self.pieces = pieces
        self.affine = nn.Conv2d(
            in_channels, out_channels * pieces, kernel_size, **options
        )

    def forward(
        self, x: Float[Tensor, "batch inputs height width"]
    ) -> Float[Tensor, "batch outputs height2 width2"]:
        """Apply to a batch of images."""
        return maxout(self.affine(x), pieces=self.pieces)
