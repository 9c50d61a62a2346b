"""Spikes of the loss.

    spike at i: L_i > 2 m and L_i > m + 6 d, or L_i not finite

where m is the median of the 20 losses before i (8 at least) and d their median absolute
deviation from it.

Source: Leys et al., "Detecting outliers: Do not use standard deviation around the mean,
use absolute deviation around the median", 2013, section 3; both factors are ours.
"""

import math
from collections.abc import Sequence

import numpy as np

_BEFORE, _FEWEST = 20, 8
_FACTOR, _DEVIATIONS = 2.0, 6.0


def loss_spikes(losses: Sequence[float]) -> tuple[int, ...]:
    """Return the positions of spikes.

    Args:
        losses: Losses of steps in order, or their means over a few steps.
    """
    found = []
    for i in range(_FEWEST, len(losses)):
        before = np.array(losses[max(0, i - _BEFORE) : i])
        before = before[np.isfinite(before)]
        if not math.isfinite(losses[i]):
            found.append(i)
            continue
        if len(before) < _FEWEST:
            continue
        middle = float(np.median(before))
        deviation = float(np.median(np.abs(before - middle)))
        if losses[i] > max(_FACTOR * middle, middle + _DEVIATIONS * deviation):
            found.append(i)
    return tuple(found)
