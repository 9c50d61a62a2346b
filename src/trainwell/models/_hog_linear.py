"""A linear classifier on histograms of oriented gradients and of colours.

    f(x) = W (h(x) - mean) / std + b,    h = [hog, colour histogram]

with mean and std of each feature over training images. Cells are 8 px, or a quarter of
the side of smaller images; the colours' 8 bins reach from the smallest to the largest
value of each channel in training.

Use: as the strongest of the baselines without learned features; about half way between
pixels and a small network.
Side effects: 324 features at 32 px but 26,244 at 224, besides 8 per channel; the
features do not train.
Source: Dalal & Triggs, "Histograms of Oriented Gradients for Human Detection", 2005;
the combination is that of the course CS231n, https://cs231n.github.io. See `_hog` for
the definitions.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.image_size import ImageSize, height_and_width
from trainwell.core.tensors import at_least_float32
from trainwell.models._data_init import DataInitialised, Targets
from trainwell.models._hog import DIRECTIONS, colour_histogram, hog

_CELL = 8  # pixels
_FEWEST_CELLS = 4  # along a side
_BINS = 8
_AT_ONCE = 256  # images
_SMALLEST_STD = 1e-3


def hog_linear(
    num_classes: int = 10, *, in_channels: int = 3, image_size: ImageSize = 32
) -> "HogLinear":
    """Build the classifier for images of one size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width), 8 or more.

    Raises:
        ValueError: If the images are smaller than 8 px.

    Example:
        >>> from trainwell.models import hog_linear
        >>> hog_linear(10, image_size=32)(torch.rand(2, 3, 32, 32)).shape
        torch.Size([2, 10])
    """
    cell, blocks = hog_cells(image_size, "hog_linear")
    return HogLinear(num_classes, in_channels, cell, blocks)


def hog_cells(image_size: ImageSize, name: str) -> tuple[int, int]:
    """Return the side of a cell in pixels, and the number of blocks of an image."""
    height, width = height_and_width(image_size)
    if min(height, width) < 2 * _FEWEST_CELLS:
        raise ValueError(
            f"`image_size` must be 8 or more for {name}, got {image_size}."
        )
    cell = min(_CELL, min(height, width) // _FEWEST_CELLS)
    return cell, (height // cell - 1) * (width // cell - 1)


class HogLinear(DataInitialised):
    """See the module's text; `hog_linear` chooses the numbers.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        cell: Side of a cell in pixels.
        blocks: Number of blocks in an image.
    """

    def __init__(
        self, num_classes: int, in_channels: int, cell: int, blocks: int
    ) -> None:
        super().__init__()
        self.cell = cell
        features = blocks * 4 * DIRECTIONS + in_channels * _BINS
        self.register_buffer("low", torch.full((in_channels,), -2.0))
        self.register_buffer("high", torch.full((in_channels,), 2.0))
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("std", torch.ones(features))
        self.fc = nn.Linear(features, num_classes)
        nn.init.zeros_(self.fc.bias)

    def features(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch features"]:
        """Return the histograms, in float32 or higher."""
        low, high = self.get_buffer("low"), self.get_buffer("high")
        x = at_least_float32(x)
        colours = colour_histogram(x, low, high, bins=_BINS)
        return torch.cat([hog(x, cell=self.cell), colours], 1)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        logits: Tensor = self.fc(self.standardised(x))
        return logits

    def standardised(self, x: Tensor) -> Tensor:
        """Return the features with mean 0 and deviation 1 over the training images."""
        mean, std = self.get_buffer("mean"), self.get_buffer("std")
        return (self.features(x) - mean) / std

    @torch.no_grad()
    def init_from_data(
        self,
        images: Float[Tensor, "batch channels height width"],
        targets: Targets | None = None,
    ) -> None:
        """Take the range of the values, then mean and std of every feature."""
        low, high = images.amin((0, 2, 3)), images.amax((0, 2, 3))
        self.get_buffer("low").copy_(low)
        self.get_buffer("high").copy_(torch.maximum(high, low + 1))
        features = torch.cat([self.features(x) for x in images.split(_AT_ONCE)])
        std, mean = torch.std_mean(features, 0, correction=0)
        self.get_buffer("mean").copy_(mean)
        self.get_buffer("std").copy_(std.clamp_min(_SMALLEST_STD))
