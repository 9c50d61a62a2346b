"""How long a finished run may look inside its network: a small share of its time."""

import time

from trainwell.recipes import seconds
from trainwell.runs.setup._setup import TrainingSetup
from trainwell.training import TrainState

_REPORT = 2.0  # seconds kept free
_SHARE, _MOST = 0.02, 10.0  # share of a run; seconds


class Room:
    """The time that is left to look inside.

    Args:
        limit: Seconds.
    """

    def __init__(self, limit: float) -> None:
        self.end = time.perf_counter() + limit

    def fits(self, needed: float = 0.0) -> bool:
        """Tell whether so many seconds are left."""
        return time.perf_counter() + needed < self.end


def reserved(limit: float) -> float:
    """Return the seconds of a time limit that are kept for it."""
    return min(_MOST, _SHARE * limit)


def room_of(setup: TrainingSetup, state: TrainState, spent: float) -> Room:
    """Return what a run may take: a small share of it, within its time limit.

    Args:
        setup: The network and its recipe.
        state: Of the training.
        spent: Seconds since its last step.
    """
    used = setup.seconds + state.seconds + spent
    most = min(_MOST, 1.0 + _SHARE * used)
    if setup.recipe.train.time is not None:
        most = min(most, seconds(setup.recipe.train.time) - used - _REPORT)
    return Room(most)
