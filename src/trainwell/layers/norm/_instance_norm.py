"""Instance normalisation: statistics per image and channel.

    y = gamma (x - mu_nc) / sqrt(var_nc + eps) + beta

where mu_nc and var_nc are over the positions of channel c in image n.

Use: for style transfer and where contrast must not matter; for classification mixed
with batch statistics (`batch_instance_norm`).
Side effects: the same in training and evaluation; removes each image's own contrast and
brightness per channel, which may be information; needs more than one position.
Source: Ulyanov et al., "Instance Normalization", 2016, eq. 2,
https://arxiv.org/abs/1607.08022. The layer is torch's, with gamma and beta learned.
"""

from torch import nn

from trainwell.core import checks


def instance_norm_layer(
    num_features: int, *, eps: float = 1e-5, affine: bool = True
) -> nn.InstanceNorm2d:
    """Return the layer for images, (batch, channels, height, width).

    Args:
        num_features: Channels.
        eps: Added to the variance.
        affine: Learn gamma and beta.

    Raises:
        ValueError: If an argument is not positive.
    """
    checks.positive("num_features", num_features)
    checks.positive("eps", eps)
    return nn.InstanceNorm2d(num_features, eps, affine=affine)
