"""PCA whitening: rotate to the principal axes and give each unit variance.

    y = diag(lambda + eps)^(-1/2) V^T (x - mean)

Use: in front of linear models and perceptrons, whose loss it conditions well.
Side effects: as of PCA decorrelation; directions of little variance, noise as a rule,
are blown up, less with a larger eps.

Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009,
appendix A.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.preprocess._principal import principal_components
from trainwell.preprocess._types import Rotated, Shape


class PCAWhiten(Rotated):
    """Whitens images along their principal axes, by the images it was fitted on.

    Args:
        shape: Channels, height and width of one image.
        eps: Added to the variances, relative to the largest.

    Raises:
        ValueError: If an image has more than 4,096 values, or `eps` is not positive.

    Example:
        >>> from trainwell.preprocess import PCAWhiten
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = PCAWhiten((1, 4, 4))
        >>> stage.fit(images)
        >>> y = stage(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(self, shape: Shape, *, eps: float = 1e-5) -> None:
        checks.positive("eps", eps)
        super().__init__(shape)
        self.eps = eps

    @torch.no_grad()
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take mean, principal axes and variances."""
        mean, variances, directions = principal_components(images.flatten(1))
        scale = (variances + self.eps * variances[0]).rsqrt()
        self.get_buffer("mean").copy_(mean)
        self.get_buffer("matrix").copy_(scale[:, None] * directions.T)
