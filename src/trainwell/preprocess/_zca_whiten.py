"""ZCA whitening: whiten, then rotate back, so that an image stays an image.

    y = V diag(lambda + eps)^(-1/2) V^T (x - mean)

Use: for small images (CIFAR) in front of any network; edges come out, slow changes of
light go.
Side effects: noise is blown up, less with a larger eps; ties the network to one image
size; costs one product with a (features x features) matrix.

Source: Bell & Sejnowski, "The 'Independent Components' of Natural Scenes are Edge
Filters", 1997; Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
2009, appendix A.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.preprocess._principal import principal_components
from trainwell.preprocess._types import Rotated, Shape


class ZCAWhiten(Rotated):
    """Whitens images with the smallest change, by the images it was fitted on.

    Args:
        shape: Channels, height and width of one image.
        eps: Added to the variances, relative to the largest.

    Raises:
        ValueError: If an image has more than 4,096 values, or `eps` is not positive.

    Example:
        >>> from trainwell.preprocess import ZCAWhiten
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = ZCAWhiten((1, 4, 4))
        >>> stage.fit(images)
        >>> y = stage(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(self, shape: Shape, *, eps: float = 1e-3) -> None:
        checks.positive("eps", eps)
        super().__init__(shape)
        self.eps = eps

    @torch.no_grad()
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take mean, principal axes and variances."""
        mean, variances, directions = principal_components(images.flatten(1))
        scale = (variances + self.eps * variances[0]).rsqrt()
        self.get_buffer("mean").copy_(mean)
        self.get_buffer("matrix").copy_((directions * scale) @ directions.T)
