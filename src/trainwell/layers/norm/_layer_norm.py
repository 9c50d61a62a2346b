"""Layer normalisation: statistics per image over all channels and positions.

    y = gamma (x - mu) / sqrt(var + eps) + beta

where mu and var are over channels, height and width of one image.

Use: where the batch is tiny or the network recurrent; in convolutional networks
`group_norm` does better.
Side effects: the same in training and evaluation, independent of the batch; all
channels share one scale, so a loud channel silences the others.
Source: Ba et al., "Layer Normalization", 2016, eq. 3, https://arxiv.org/abs/1607.06450.
The layer is torch's GroupNorm with one group: gamma and beta are per channel, not per
position, so the image's size need not be known.
"""

from torch import nn

from trainwell.core import checks


def layer_norm_layer(num_features: int, *, eps: float = 1e-5) -> nn.GroupNorm:
    """Return the layer, for vectors and images.

    Args:
        num_features: Channels, at axis 1.
        eps: Added to the variance.

    Raises:
        ValueError: If an argument is not positive.
    """
    checks.positive("num_features", num_features)
    checks.positive("eps", eps)
    return nn.GroupNorm(1, num_features, eps)
