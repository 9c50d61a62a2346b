"""How far a measured share may lie from the true one.

    (p + z^2/2n +- z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)

Source: Wilson, "Probable Inference, the Law of Succession, and Statistical
Inference", 1927.
"""

from scipy.stats import binomtest


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share measured on `count` images."""
    test = binomtest(round(share * count), count)
    low, high = test.proportion_ci(confidence_level=0.95, method="wilson")
    return float(low), float(high)
