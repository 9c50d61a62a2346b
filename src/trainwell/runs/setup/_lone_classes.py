"""Refuse classes of one training image where a method has to divide every class."""

import numpy as np

from trainwell.core.errors import DataError
from trainwell.data import Dataset


def refuse_lone_classes(train: Dataset, user: str, instead: str) -> None:
    """Raise DataError that names the classes with one training image.

    Args:
        train: Training images.
        user: What needs two, as it is typed.
        instead: What does without, for the end of the message.
    """
    counts = np.bincount(train.targets, minlength=len(train.classes))
    lone = [name for name, n in zip(train.classes, counts, strict=True) if n == 1]
    if not lone:
        return
    more = f" and {len(lone) - 3} more" if len(lone) > 3 else ""
    has = "has one training image" if len(lone) == 1 else "have one training image each"
    raise DataError(
        f"{', '.join(lone[:3])}{more} {has}, and {user} needs two of every class: give "
        f"more, leave them out by data.classes, or {instead}."
    )
