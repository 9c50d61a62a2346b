"""Channel mean: zero mean per colour channel, the scale left as it is.

    y_c = x_c - mean_c,    mean_c over all training pixels

Use: to repeat results of networks trained that way (VGG).
Side effects: inputs have a standard deviation of about 0.25, not 1, so the first layer
learns more slowly than with standardised channels.

Source: Simonyan & Zisserman, "Very Deep Convolutional Networks", 2014, section 2.1.
Pixels are on a 0..1 scale.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from trainwell.preprocess._channel_standardize import (
    Standardize,
    fit_channel_standardize,
)


def fit_channel_mean(
    images: Iterable[npt.NDArray[np.unsignedinteger]], *, channels: int
) -> Standardize:
    """Compute the means of 8-bit or 16-bit images, exactly, of any sizes.

    Args:
        images: Arrays whose last axis is the channel.
        channels: Length of that axis.

    Returns:
        The means, with 1 for every standard deviation.

    Raises:
        DataError: If there is no pixel at all.

    Example:
        >>> from trainwell.preprocess import fit_channel_mean
        >>> images = [np.full((8, 8, 1), value, np.uint8) for value in (0, 255)]
        >>> fit_channel_mean(images, channels=1)
        Standardize(mean=(0.5,), std=(1.0,))
    """
    mean = fit_channel_standardize(images, channels=channels).mean
    return Standardize(mean, (1.0,) * channels)
