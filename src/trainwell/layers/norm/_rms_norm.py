"""RMS normalisation: divide by the root mean square of each image.

    y = gamma x / sqrt(mean(x^2) + eps)

where the mean is over all channels and positions of one image.

Use: where `layer_norm` fits and its mean is not needed: without it, a step is a little
cheaper.
Side effects: the same in training and evaluation, independent of the batch; a constant
added to the input does change the output, and there is no beta.
Source: Zhang & Sennrich, "Root Mean Square Layer Normalization", 2019, eq. 4,
https://arxiv.org/abs/1910.07467. Gamma is per channel, not per position, so the image's
size need not be known; torch's RMSNorm works on the last axes.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.tensors import at_least_float32


def rms_norm(
    x: Float[Tensor, "batch channels *space"],
    weight: Tensor | None = None,
    eps: float = 1e-5,
) -> Float[Tensor, "batch channels *space"]:
    """Normalise vectors or images by their root mean square.

    Args:
        x: Any rank from 2, with channels at axis 1.
        weight: gamma, one per channel; 1 by default.
        eps: Added to the mean square.

    Example:
        >>> from trainwell.layers.norm.functional import rms_norm
        >>> rms_norm(torch.tensor([[3.0, -3.0]]))
        tensor([[ 1.0000, -1.0000]])
    """
    axes = list(range(1, x.ndim))
    scale = (at_least_float32(x).square().mean(axes, keepdim=True) + eps).rsqrt()
    y = (x * scale).to(x.dtype)
    return y if weight is None else y * weight.view(-1, *[1] * (x.ndim - 2))


class RMSNorm2d(nn.Module):
    """`rms_norm` with a learned scale per channel; vectors fit, too.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to the mean square.

    Raises:
        ValueError: If an argument is not positive.

    Example:
        >>> from trainwell.layers.norm import RMSNorm2d
        >>> y = RMSNorm2d(4)(3 * torch.randn(16, 4, 8, 8))
        >>> print(f"{y.square().mean():.2f}")
        1.00
    """

    def __init__(self, num_features: int, eps: float = 1e-5) -> None:
        super().__init__()
        checks.positive("num_features", num_features)
        checks.positive("eps", eps)
        self.num_features = num_features
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(num_features))

    def forward(
        self, x: Float[Tensor, "batch channels *space"]
    ) -> Float[Tensor, "batch channels *space"]:
        """Normalise a batch of any rank from 2."""
        return rms_norm(x, self.weight, self.eps)

    def extra_repr(self) -> str:
        """Show the channels and the constant."""
        return f"{self.num_features}, eps={self.eps}"
