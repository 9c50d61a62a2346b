"""PCA decorrelation: rotate to the principal axes.

    y = V^T (x - mean),    covariance = V diag(lambda) V^T

Use: to see or cut principal components, in front of linear models and perceptrons.
Side effects: the result is no picture any more (value i is component i), so it does
not suit convolutions; ties the network to one image size.

Source: Hotelling, "Analysis of a Complex of Statistical Variables into Principal
Components", 1933.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.preprocess._principal import principal_components
from trainwell.preprocess._types import Rotated


class PCADecorrelate(Rotated):
    """Rotates images to the principal axes of those it was fitted on.

    Args:
        shape: Channels, height and width of one image.

    Raises:
        ValueError: If an image has more than 4,096 values.

    Example:
        >>> from trainwell.preprocess import PCADecorrelate
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = PCADecorrelate((1, 4, 4))
        >>> stage.fit(images)
        >>> y = stage(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 0.29
    """

    @torch.no_grad()
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take mean and principal axes."""
        mean, _, directions = principal_components(images.flatten(1))
        self.get_buffer("mean").copy_(mean)
        self.get_buffer("matrix").copy_(directions.T)
