"""Channel standardisation: zero mean and unit variance per colour channel.

    y_c = (x_c - mean_c) / std_c,    mean_c, std_c over all training pixels

Use: always, unless there is a reason for another; it is the default.
Side effects: none; a rate tuned with it does not fit without it.

Source: Simonyan & Zisserman, "Very Deep Convolutional Networks", 2014, section 2.1
(the mean); the standard deviation as in the published ResNet code. Statistics are on
a 0..1 scale, so that they mean the same as everyone's published ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError


@dataclass(frozen=True)
class Standardize:
    """Per-channel mean and standard deviation of images scaled to 0..1.

    Example:
        >>> from trainwell.preprocess import Standardize
        >>> Standardize(mean=(0.5,), std=(0.25,))
        Standardize(mean=(0.5,), std=(0.25,))
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]


def fit_channel_standardize(
    images: Iterable[npt.NDArray[np.unsignedinteger]], *, channels: int
) -> Standardize:
    """Compute the statistics of 8-bit or 16-bit images, exactly, of any sizes.

    Args:
        images: Arrays whose last axis is the channel.
        channels: Length of that axis.

    Raises:
        DataError: If there is no pixel at all.

    Example:
        >>> from trainwell.preprocess import fit_channel_standardize
        >>> images = [np.full((8, 8, 1), value, np.uint8) for value in (0, 255)]
        >>> fit_channel_standardize(images, channels=1)
        Standardize(mean=(0.5,), std=(0.5,))
    """
    histogram = np.zeros((channels, 256), np.int64)
    for image in images:
        if image.itemsize == 2 and histogram.shape[1] == 256:
            histogram = np.zeros((channels, 1 << 16), np.int64)
        length = histogram.shape[1]
        for channel in range(channels):
            histogram[channel] += np.bincount(image[..., channel].ravel(), None, length)
    count = histogram.sum(1)
    if not count.all():
        raise DataError("`images` must hold at least one pixel to fit statistics.")
    levels = np.arange(histogram.shape[1]) / (histogram.shape[1] - 1)
    mean = histogram @ levels / count
    variance = np.array(
        [
            h @ (levels - m) ** 2 / n
            for h, m, n in zip(histogram, mean, count, strict=True)
        ]
    )
    std = np.maximum(np.sqrt(variance), levels[1])  # of a constant channel: one level
    return Standardize(tuple(mean.tolist()), tuple(std.tolist()))
