"""Feature standardisation: zero mean and unit variance of every single value.

    y_i = (x_i - mean_i) / std_i,    mean_i, std_i over the training samples

Use: for vectors and tables of unlike quantities, and for images framed alike; for
photographs standardise channels instead.
Side effects: values that hardly vary (a black border) are blown up until the smallest
allowed deviation stops it; ties the network to one image size.

Source: LeCun et al., "Efficient BackProp", 1998, section 4.3.
"""

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.core import checks
from trainwell.preprocess._types import PerFeature, Shape


class FeatureStandardize(PerFeature):
    """Standardises every value by the images it was fitted on.

    Args:
        shape: Channels, height and width of one image.
        smallest_std: Smaller standard deviations are replaced by this, on the scale of
            the images (0..1 before); a constant value then becomes 0.

    Raises:
        ValueError: If `smallest_std` is not positive.

    Example:
        >>> from trainwell.preprocess import FeatureStandardize
        >>> images = torch.rand(200, 1, 4, 4)
        >>> stage = FeatureStandardize((1, 4, 4))
        >>> stage.fit(images)
        >>> y = stage(images)
        >>> print(f"{y.mean().abs():.2f} {y.std():.2f}")
        0.00 1.00
    """

    def __init__(self, shape: Shape, *, smallest_std: float = 0.01) -> None:
        checks.positive("smallest_std", smallest_std)
        super().__init__(shape)
        self.smallest_std = smallest_std

    @torch.no_grad()
    def fit(self, images: Float[Tensor, "batch channels height width"]) -> None:
        """Take the mean and (biased) standard deviation of every value."""
        std, mean = torch.std_mean(images.double(), dim=0, correction=0)
        self.get_buffer("mean").copy_(mean)
        self.get_buffer("scale").copy_(1 / std.clamp_min(self.smallest_std))
