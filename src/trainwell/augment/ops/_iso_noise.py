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
        brightness: Deviation of what the channels share, of the full range, (n,).
        color: Deviation of what they do not, (n,).
        key: One word per sample, (n,), of which the low 53 bits count.
    """
    return NOISE.sequence(brightness, color, low_bits(key))
