"""Group normalisation: statistics per image and group of channels.

    y = gamma (x - mu_g) / sqrt(var_g + eps) + beta

where mu_g and var_g are over the channels of the group and all positions of one image.

Use: where batches are small (detection, large images), in place of `batch_norm`.
Side effects: the same in training and evaluation, independent of the batch; cannot be
folded into a convolution; a little less accurate than `batch_norm` on large batches.
Source: Wu & He, "Group Normalization", 2018, section 3,
https://arxiv.org/abs/1803.08494. The layer is torch's. Where 32 does not divide the
channels we take the largest divisor below, where the paper leaves the case open.
"""

from torch import nn

from trainwell.core import checks
from trainwell.layers.norm._types import largest_divisor


def group_norm_layer(
    num_features: int, *, groups: int = 32, eps: float = 1e-5
) -> nn.GroupNorm:
    """Return the layer, for vectors and images.

    Args:
        num_features: Channels, at axis 1.
        groups: Largest number of groups; the largest divisor of `num_features` that is
            not above it is used.
        eps: Added to the variance.

    Raises:
        ValueError: If an argument is not positive.
    """
    checks.positive("num_features", num_features)
    checks.positive("groups", groups)
    checks.positive("eps", eps)
    return nn.GroupNorm(largest_divisor(num_features, groups), num_features, eps)
