"""The same factor throughout.

    f(p) = 1

Source: definition.
"""

from trainwell.schedules._types import Schedule


def constant() -> Schedule:
    """Keep the rate as it is."""
    return lambda progress: 1.0
