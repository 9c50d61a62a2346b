"""The one type of this package."""

from collections.abc import Callable

Schedule = Callable[[float], float]
"""From progress, the share of the training done in [0, 1], to a factor."""
