"""What every fitted preprocessing stage is: a frozen module in front of the network.

Its statistics are buffers, so they are saved with the weights, and an export of the
model contains them.
"""

from abc import ABC, abstractmethod

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.tensors import at_least_float32

Shape = tuple[int, int, int]
"""Channels, height and width of the images."""

MOST_FEATURES = 4096
"""Largest number of values per image for which a covariance is computed."""


class Stage(nn.Module, ABC):
    """Maps normalised images to what the network reads.

    Attributes:
        out_channels: Channels of the result; height and width stay.

    Example:
        >>> from trainwell.preprocess import MeanImage, Stage
        >>> issubclass(MeanImage, Stage)
        True
    """

    out_channels: int

    @abstractmethod
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take the statistics of some training images, once."""


class PerFeature(Stage):
    """y = (x - mean) scale, one mean and scale per value of the image."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.out_channels = shape[0]
        self.register_buffer("mean", torch.zeros(shape))
        self.register_buffer("scale", torch.ones(shape))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch channels height width"]:
        """Shift and scale."""
        return (x - self.get_buffer("mean")) * self.get_buffer("scale")


class Rotated(Stage):
    """y = M (x - mean), over all values of the image at once."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        features = shape[0] * shape[1] * shape[2]
        if features > MOST_FEATURES:
            raise ValueError(
                f"a covariance over {features} values per image is too large (at most "
                f"{MOST_FEATURES}); choose a smaller `data.image_size`, or "
                "`patch_whiten`."
            )
        self.out_channels = shape[0]
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("matrix", torch.eye(features))

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch channels height width"]:
        """Shift and multiply, in float32 or higher at any surrounding precision."""
        with torch.autocast(x.device.type, enabled=False):
            rows = at_least_float32(x).flatten(1)
            rows = rows - self.get_buffer("mean")
            return (rows @ self.get_buffer("matrix").T).view_as(x)
