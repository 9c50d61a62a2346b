"""How far a measured share may lie from the true one.

    (p + z^2/2n +- z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)

Source: Wilson, "Probable Inference, the Law of Succession, and Statistical
Inference", 1927.
"""

import math

_Z = 1.959964  # leaves 2.5 % of a normal distribution on either side


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share measured on `count` images."""
    spread = _Z**2 / count
    middle = share + spread / 2
    reach = _Z * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return max(low, 0.0), min(high, 1.0)
