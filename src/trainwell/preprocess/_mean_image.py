"""Mean image: subtract from every pixel what it is on average.

    y_chw = x_chw - mean_chw,    mean over the training images

Use: where all images are framed alike (faces, digits, medical views); otherwise the
channel mean says the same with fewer numbers.
Side effects: ties the network to one image size.

Source: Krizhevsky, Sutskever & Hinton, "ImageNet Classification with Deep Convolutional
Neural Networks", 2012, section 2.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.preprocess._types import PerFeature


class MeanImage(PerFeature):
    """Subtracts the mean image of the images it was fitted on.

    Args:
        shape: Channels, height and width of one image.

    Example:
        >>> from trainwell.preprocess import MeanImage
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = MeanImage((1, 4, 4))
        >>> stage.fit(images)
        >>> y = stage(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 0.29
    """

    @torch.no_grad()
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take the mean of every pixel and channel."""
        self.get_buffer("mean").copy_(images.double().mean(0))
