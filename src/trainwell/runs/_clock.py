"""The time of a search: what was spent, over all resumes, and what is left."""

import json
import math
import time
from pathlib import Path

from torch import Tensor

from trainwell.core.errors import RunError
from trainwell.core.files import read_regular, write_atomically
from trainwell.core.progress import Advance
from trainwell.training import Batch, Hook, TrainState

_RESERVE = 0.02  # of the budget, for what follows the search
_NOTE_EVERY = 2.0  # seconds of which a kill may lose the count


class Clock:
    """Seconds of a search.

    Args:
        budget: How many there are; infinity for no limit.
    """

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self.before = 0.0
        self.start = self.noted = time.perf_counter()
        self.path: Path | None = None

    def keep_in(self, path: Path) -> None:
        """Go on from the seconds in this file, and note them there from now on."""
        if path.exists():
            try:
                self.before = float(json.loads(read_regular(path)))
            except (TypeError, ValueError) as error:
                raise RunError(
                    f"{path} must hold a number of seconds ({error}); write one there."
                ) from error
        self.path = path

    @property
    def spent(self) -> float:
        """Seconds since the search began, pauses left out."""
        return self.before + time.perf_counter() - self.start

    @property
    def left(self) -> float:
        """Seconds that may still be spent."""
        return self.budget - self.spent

    @property
    def useful(self) -> float:
        """Seconds left before the result has to be written."""
        if math.isinf(self.budget):
            return math.inf
        return max(0.0, self.left - _RESERVE * self.budget)

    def note(self) -> None:
        """Write the seconds down, now and then."""
        now = time.perf_counter()
        if self.path is not None and now - self.noted >= _NOTE_EVERY:
            write_atomically(self.path, json.dumps(round(self.spent, 3)).encode())
            self.noted = now


class StopAt(Hook):
    """End a training at a step, show its advance, and note the time.

    Args:
        step: The last; further ones belong to a later round.
        advance: Called after every step.
        clock: Records the times.
    """

    def __init__(self, step: int, advance: Advance, clock: Clock) -> None:
        self.step, self.advance, self.clock = step, advance, clock

    def on_start(self, state: TrainState) -> None:
        """Train no further if the step was reached before."""
        if state.step >= self.step:
            state.stop = state.stop or "round"

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Stop at the step."""
        self.advance(1)
        self.clock.note()
        if state.step >= self.step:
            state.stop = state.stop or "round"
