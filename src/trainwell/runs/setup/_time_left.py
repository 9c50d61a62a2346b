"""Whether a time limit allows to train after a head was solved for."""

import math

from trainwell.data import Splits
from trainwell.recipes import seconds

FEWEST = 0.3
"""Epochs below which nothing is trained after a head was solved for."""
_STEP = 5.0  # times as long as its forward pass takes an image in a step, on two cores
_ROUND = 30  # seconds


def num_to_evaluate(splits: Splits) -> int:
    """Return how many images are evaluated of the first weights, and in the end."""
    num_test = len(splits.test) if splits.test is not None else 0
    return 2 * len(splits.val) + num_test


def seconds_lacking(
    limit: str | None, spent: float, pace: float, splits: Splits
) -> float:
    """Return how many seconds a limit is too short by to train at all, about.

    Args:
        limit: As in `train.time`; None lacks nothing.
        spent: Seconds since the command began.
        pace: Seconds in which one image passes through the network.
        splits: Their validation and test images are evaluated in the end.
    """
    if limit is None:
        return 0.0
    images = FEWEST * _STEP * len(splits.train) + num_to_evaluate(splits)
    return max(0.0, spent + images * pace - seconds(limit))


def lacking_line(limit: str, lacking: float) -> str:
    """Say that nothing but the head is learned, and from which time on more is."""
    enough = math.ceil((seconds(limit) + lacking) / _ROUND) * _ROUND
    return (
        f"There is no time to train the layers below it; from train.time={enough}s on, "
        "about, there is."
    )
