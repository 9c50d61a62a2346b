"""What a time limit leaves room for, before a head is solved for and after it."""

import math
import time
from dataclasses import dataclass

from trainwell.data import Splits
from trainwell.recipes import seconds

FEWEST = 0.3
"""Epochs below which nothing is trained after a head was solved for."""
_STEP = 5.0  # times as long as its forward pass takes an image in a step, on two cores
_ROUND = 30  # seconds
_UNTIL = 0.6  # share of a time limit to solve for a head, if training may follow
_JUDGING = 0.5  # share of that in which validation images are looked at
_REST, _SHARE = 4.0, 0.06  # seconds or share of a limit to solve and to report
_LEAST = 0.25  # share of what is left for the images that a head is solved for on
_PER_SECOND = 1.7e11  # multiplications of ridge regression, on two cores
_TIMING = 0.2  # share of what is left in which steps are timed
_TRAINING = 500  # training images that are evaluated beside the validation images


@dataclass(frozen=True)
class TimePlan:
    """The moments at which the stages of solving for a head end, as of `perf_counter`.

    Attributes:
        start: When it begins.
        limit: Seconds of the run; infinity for no limit.
        spent: Seconds of the run before.
        follow: Seconds of the evaluations after it, once they are known.
    """

    start: float
    limit: float
    spent: float
    follow: float = 0.0

    @property
    def until(self) -> float:
        """The end where training may follow."""
        return min(self.start + _UNTIL * self.limit - self.spent, self.end)

    @property
    def judged(self) -> float:
        """The end of the features of validation images."""
        return self.start + _JUDGING * (self.until - self.start)

    @property
    def end(self) -> float:
        """The end where nothing but evaluations and the report follow."""
        if math.isinf(self.limit):
            return math.inf
        rest = self.follow + max(_REST, _SHARE * self.limit)
        return self.start + self.limit - self.spent - rest

    @property
    def features(self) -> float:
        """The end of the features of training images; some are always needed.

        Where the evaluations alone take all the time, they get a share of it.
        """
        now = time.perf_counter()
        left = self.start + self.limit - self.spent - now
        usual = self.end if self.follow else self.until
        return max(usual, now + _LEAST * max(0.0, left))

    def fits(self, seconds: float) -> bool:
        """Tell whether a stage of so many seconds leaves room for what follows."""
        return time.perf_counter() + seconds < self.until

    def left_to_look(self, pace: float, num_train: int, num_val: int) -> float:
        """Return the seconds in which a second look has to be solved for.

        Validation images are looked at for it. Afterwards evaluations take twice as
        long, and the first weights are evaluated, too, on some training images.

        Args:
            pace: Seconds in which one image passes through the network.
            num_train: Training images.
            num_val: Validation images.
        """
        images = num_val + 2 * min(num_train, num_val, _TRAINING)
        return self.end - self.follow - images * pace - time.perf_counter()


def solving_seconds(images: int, width: int) -> float:
    """Return how long ridge regression takes, about, on two cores.

    Example:
        >>> round(solving_seconds(3000, 14592), 1)
        1.5
    """
    return 2 * images * min(images, width) * width / _PER_SECOND


def timing_fits(limit: str | None, spent: float, needed: float) -> bool:
    """Tell whether steps are timed: where that is a small part of what is left.

    Example:
        >>> timing_fits("10s", 4.0, 2.0), timing_fits("10m", 4.0, 2.0)
        (False, True)
    """
    return limit is None or needed <= _TIMING * (seconds(limit) - spent)


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
