"""Convolution with TensorFlow's "SAME" padding.

    outputs a side = ceil(size / stride)
    pad = max((outputs - 1) stride + kernel - size, 0), the odd one of it last

Use: for networks whose weights were learned with it; with a stride of 2 and an even
size, the centres of the windows are not those of `padding=kernel // 2`.
Side effects: zeros at the borders, as with any zero padding.
Source: TensorFlow, "tf.nn, A note on padding",
https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2. Where one zero more
stands last, a filter per channel gets a first row and column of zeros instead, and
torch's own symmetric padding: the same numbers without a copy of the image.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Pads = tuple[int, int]


class SameConv2d(nn.Conv2d):
    """A convolution whose output has ceil(size / stride) pixels a side.

    Shapes (batch, channels, height, width) to (batch, out_channels, ...).

    Args:
        in_channels: Channels of the input.
        out_channels: Channels of the output.
        kernel_size: Side of the filters in pixels.
        stride: Pixels between two windows.
        groups: As in `nn.Conv2d`.
        bias: Whether to add a learned constant per channel.

    Example:
        >>> from trainwell.layers.convolution import SameConv2d
        >>> SameConv2d(3, 8, 3, stride=2)(torch.rand(1, 3, 7, 10)).shape
        torch.Size([1, 8, 4, 5])
    """

    def __init__(  # noqa: PLR0913
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        stride: int = 1,
        *,
        groups: int = 1,
        bias: bool = True,
    ) -> None:
        super().__init__(
            in_channels, out_channels, kernel_size, stride, groups=groups, bias=bias
        )

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - torch's name
        """Pad, and convolve."""
        sizes = zip(input.shape[2:], self.kernel_size, self.stride, strict=True)
        down, right = (_pads(*about) for about in sizes)
        if self._may_grow(input, down, right):
            weight = F.pad(self.weight, (1, 0, 1, 0))
            padding = (down[1], right[1])
            y = F.conv2d(
                input, weight, self.bias, self.stride, padding, groups=self.groups
            )
        else:
            padded = F.pad(input, (*right, *down))
            y = super().forward(padded)
        return y

    def _may_grow(self, x: Tensor, down: Pads, right: Pads) -> bool:
        """Tell whether larger filters are quicker than a larger image."""
        one_more = all(last == first + 1 for first, last in (down, right))
        quicker = x.device.type == "cpu" and self.groups == self.in_channels > 1
        return one_more and quicker and not torch.compiler.is_exporting()


def _pads(size: int, kernel: int, stride: int) -> Pads:
    """Return how many zeros stand first and last."""
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
