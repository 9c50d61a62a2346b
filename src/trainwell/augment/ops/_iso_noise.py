"""ISO noise: the grain of a sensor, some common to a pixel's channels, some in each.

    y_c = x_c + s n + t n_c,    n, n_c ~ N(0, 1)

Use: for photographs in bad light; s and t within 0.01..0.05.
Side effects: what leaves 0..255 is cut off.
Source: named after Albumentations' `ISONoise`, which perturbs hue and lightness in HLS;
here both parts are normal in the pixel values. A number depends on key and place alone.
"""

from trainwell.augment.ops._noise import NOISE
from trainwell.augment.ops._op_sequence import (
    Keys,
    Magnitude,
    OpSequence,
    low_bits,
)


def iso_noise(brightness: Magnitude, color: Magnitude, key: Keys) -> OpSequence:
    """Return the operations that add noise.

    Args:
        brightness: Std of the noise common to all channels, of the full range, (n,).
        color: Std of the noise of each channel, (n,).
        key: One word per sample, (n,), of which the low 53 bits count.

    Example:
        >>> from trainwell.augment.ops import iso_noise
        >>> iso_noise(0.02, 0.03, np.array([7], np.uint64))
        OpSequence(samples=1, first=['ISO noise 0.02, 0.03'])
    """
    return NOISE.sequence(brightness, color, low_bits(key))
