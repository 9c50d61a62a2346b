"""Fractional max pooling: shrink by a factor between 1 and 2, over random regions.

    start_i = floor((i + u) a) - floor(u a),    a = (size - kernel) / (outputs - 1)
    y_ij = max of x over kernel x kernel values from (start_i, start_j)

with outputs = floor(size / ratio), u ~ U(0, 1) per image, channel and axis, and the
last region at the border.

Use: in place of max pooling, to shrink in more and gentler steps.
Side effects: larger maps after it than after pooling by 2, so more work; noise in
training, which `MCDropout` averages out at test time.
Source: Graham, "Fractional Max-Pooling", 2014, section 2.1 (pseudorandom, overlapping),
https://arxiv.org/abs/1412.6071. Training is torch's; evaluation takes u = 1/2, or the
mean over `samples` values of u spread evenly, and is exact indexing, so it exports.
"""

import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.layers.stochastic._types import StochasticLayer


def region_starts(size: int, outputs: int, *, kernel: int, u: float) -> list[int]:
    """Return where each pooling region begins along an axis.

    Args:
        size: Length of the axis.
        outputs: Number of regions.
        kernel: Length of a region.
        u: In [0, 1); equal u gives equal regions.
    """
    if outputs == 1:
        return [size - kernel]
    a = (size - kernel) / (outputs - 1)
    starts = [int((i + u) * a) - int(u * a) for i in range(outputs - 1)]
    return [*starts, size - kernel]


def fractional_max_pool2d(
    x: Float[Tensor, "batch channels height width"],
    rows: list[int],
    columns: list[int],
    *,
    kernel: int = 2,
) -> Float[Tensor, "batch channels rows columns"]:
    """Return the maximum of every region, given the starts along both axes.

    Example:
        >>> from trainwell.layers.stochastic.functional import fractional_max_pool2d
        >>> images = torch.arange(9.0).view(1, 1, 3, 3)
        >>> fractional_max_pool2d(images, [0, 1], [0, 1], kernel=2)
        tensor([[[[4., 5.],
                  [7., 8.]]]])
    """
    offsets = torch.arange(kernel, device=x.device)
    row_index = torch.tensor(rows, device=x.device)[:, None] + offsets
    column_index = torch.tensor(columns, device=x.device)[:, None] + offsets
    tall = x.index_select(2, row_index.flatten()).unflatten(2, (-1, kernel)).amax(3)
    wide = tall.index_select(3, column_index.flatten()).unflatten(3, (-1, kernel))
    pooled: Tensor = wide.amax(4)
    return pooled


class FractionalMaxPool2d(StochasticLayer):
    """Max pooling over random regions in training, over fixed ones in evaluation.

    Args:
        kernel_size: Height and width of a region.
        ratio: Size before over size after, between 1 and 2.
        samples: Fixed choices of regions that evaluation averages over.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> from trainwell.layers.stochastic import FractionalMaxPool2d
        >>> FractionalMaxPool2d(ratio=1.5)(torch.rand(2, 3, 9, 9)).shape
        torch.Size([2, 3, 6, 6])
    """

    def __init__(
        self, kernel_size: int = 2, *, ratio: float = 1.414, samples: int = 1
    ) -> None:
        super().__init__()
        if not 1 < ratio < 2:
            raise ValueError(f"`ratio` must be in (1, 2), got {ratio!r}.")
        checks.positive("kernel_size", kernel_size)
        checks.positive("samples", samples)
        self.ratio = ratio
        self.kernel_size = kernel_size
        self.samples = samples

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch channels rows columns"]:
        """Pool a batch of images."""
        height, width = x.shape[2:]
        outputs = int(height / self.ratio), int(width / self.ratio)
        if min(outputs) < 1 or min(height, width) < self.kernel_size:
            raise ValueError(
                f"images of {height} x {width} are too small for fractional pooling; "
                "leave the last pooling out or use larger images."
            )
        if self.training:
            u = torch.rand(*x.shape[:2], 2, device=x.device, dtype=x.dtype)
            return F.fractional_max_pool2d(
                x, self.kernel_size, output_size=outputs, _random_samples=u
            )
        pooled = [self._pooled(x, outputs, draw) for draw in range(self.samples)]
        return torch.stack(pooled).mean(0) if self.samples > 1 else pooled[0]

    def _pooled(self, x: Tensor, outputs: tuple[int, int], draw: int) -> Tensor:
        """Pool with the same regions in all images and channels."""
        u = (draw + 0.5) / self.samples
        rows = region_starts(x.shape[2], outputs[0], kernel=self.kernel_size, u=u)
        columns = region_starts(x.shape[3], outputs[1], kernel=self.kernel_size, u=u)
        return fractional_max_pool2d(x, rows, columns, kernel=self.kernel_size)

    def extra_repr(self) -> str:
        """Show the constants."""
        return f"{self.kernel_size}, ratio={self.ratio}, samples={self.samples}"


def fractional_max_pool_layer(
    *, ratio: float = 1.414, kernel: int = 2, draws: int = 1
) -> FractionalMaxPool2d:
    """Return the layer for images, in place of `nn.MaxPool2d(2)`.

    Args:
        ratio: Size before over size after, between 1 and 2.
        kernel: Height and width of a region.
        draws: Fixed choices of regions that evaluation averages over.

    Raises:
        ValueError: If an argument is out of range.
    """
    return FractionalMaxPool2d(kernel, ratio=ratio, samples=draws)
