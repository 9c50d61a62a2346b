"""Gaussian noise: add an independent normal number to every channel of every pixel.

    y = x + s n,    n ~ N(0, 1)

Use: for cheap sensors, and to make networks less sensitive to fine texture.
Side effects: what leaves 0..255 is cut off.
Source: definition. Each number is a function of the key and the place alone.
"""

from trainwell.augment.ops._noise import NOISE
from trainwell.augment.ops._op_sequence import (
    Keys,
    Magnitude,
    OpSequence,
    low_bits,
)


def gaussian_noise(std: Magnitude, key: Keys) -> OpSequence:
    """Return the operations that add noise.

    Args:
        std: Standard std as a fraction of the full range, shape (n,).
        key: One word per sample, (n,), of which the low 53 bits count.

    Example:
        >>> from trainwell.augment.ops import gaussian_noise
        >>> gaussian_noise(0.05, np.array([7], np.uint64))
        OpSequence(samples=1, first=['noise 0.05'])
    """
    return NOISE.sequence(0.0, std, low_bits(key))
