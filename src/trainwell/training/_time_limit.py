"""Fit a run to a wall time: plan the number of steps, and correct the plan."""

from collections import deque
from statistics import median

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState

_INTERVALS = 50  # of a limit at least: how often it is planned
_LONGEST = 1.0  # seconds of an interval
_REMEMBERED = 9  # intervals; half of them may be disturbed
_EVALUATIONS = 5  # remembered
_FIRST = 0.1  # share of the first guess after which it is planned at the latest


class TimeLimit(Hook):
    """Replan `state.total_steps` about every second so that the run ends in time.

    Steps are assumed to take what they took in the median of the last intervals, which
    neither one disturbance nor the first step changes; evaluations are counted apart,
    by their own median. The plan grows and shrinks. The progress of the schedule goes
    on from where it is: a change of plan bends the curve of the learning rate, which
    never leaps.

    Args:
        seconds: Limit of `state.seconds`.
        reserve: Seconds to keep for the work after the last step.
        every: Steps between two evaluations; 0 if there are none.
        evaluation: How many steps take as long as one of them, as a first guess.
        final: How many evaluations follow the last step, beside the reserve.
        pace: Seconds of a step, as far as they are known before the first one.
        fewest: Steps below which none is taken: a few steps at a low rate move good
            weights for the worse.
        first: Whether the first weights are evaluated, which tells how long it takes.

    Example:
        >>> TimeLimit(seconds=60, reserve=2).seconds
        58
    """

    def __init__(  # noqa: PLR0913
        self,
        seconds: float,
        *,
        reserve: float = 0.0,
        every: int = 0,
        evaluation: float = 0.0,
        final: float = 0.0,
        pace: float = 0.0,
        fewest: int = 0,
        first: bool = False,
    ) -> None:
        self.seconds = seconds - reserve
        self.every = every
        self.evaluation = evaluation
        self.final = final
        self.pace, self.fewest, self.first = pace, fewest, first
        self.paces: deque[float] = deque(maxlen=_REMEMBERED)
        self.evaluations: deque[float] = deque(maxlen=_EVALUATIONS)
        self.last: tuple[float, float] | None = None
        self.began = (0.0, 0.0)
        self.steps, self.spent = 0, 0.0

    def on_start(self, state: TrainState) -> None:
        """Stop before the first step when the time is over, or nearly so."""
        self.began = (state.seconds, state.step_seconds)
        evaluations = (2 + self.final) * self.evaluation  # first, last, and after it
        needed = self.pace * (self.fewest + evaluations) if self.fewest else 0.0
        left = self.seconds - state.seconds
        if left <= 0 or (state.step == 0 and left < needed):
            state.stop = "time"

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Measure; replan when it is time; stop when the time is over."""
        if self.last is not None:  # the first step is slow: caches, memory, kernels
            self._measure(state)
        elif self.first and state.step == 1:
            self.evaluations.append(_between(self.began, state))  # of the first weights
        self.last = (state.seconds, state.step_seconds)
        early = not self.paces and state.progress >= _FIRST
        if self.steps and (self.spent >= self._interval or early):
            self.paces.append(self.spent / self.steps)
            self.steps, self.spent = 0, 0.0
        if state.seconds >= self.seconds:
            state.stop = "time"
        elif self.paces and state.step < state.total_steps:
            self._replan(state)

    @property
    def _interval(self) -> float:
        return min(_LONGEST, self.seconds / _INTERVALS)

    def _measure(self, state: TrainState) -> None:
        """Count what passed since the last call: hooks after the last step, a step."""
        seconds, step_seconds = self.last or (0.0, 0.0)
        self.steps += 1
        if self.every and (state.step - 1) % self.every == 0:
            self.evaluations.append(_between((seconds, step_seconds), state))
            self.spent += state.step_seconds - step_seconds
        else:
            self.spent += state.seconds - seconds

    def _replan(self, state: TrainState) -> None:
        pace = max(median(self.paces), 1e-9)
        cost = pace * self.evaluation
        if self.evaluations:
            cost = median(self.evaluations)
        left = self.seconds - state.seconds - self.final * cost
        if self.every:
            left -= cost  # of the last weights
            pace += cost / self.every
            if state.step % self.every == 0:
                left -= cost  # is being made, and is not in `state.seconds` yet
        steps = round(left / pace)
        if steps <= 0:
            state.stop = "time"
        elif state.step + steps != state.total_steps:
            state.replan(state.step + steps)


def _between(marked: tuple[float, float], state: TrainState) -> float:
    """Return the seconds since then that were not spent on steps."""
    seconds, step_seconds = marked
    return (state.seconds - seconds) - (state.step_seconds - step_seconds)
