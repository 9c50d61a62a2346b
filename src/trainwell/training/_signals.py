"""Ctrl-C and SIGTERM end a run after the current step, with its state saved."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from torch import Tensor

from trainwell.training._batch import Batch
from trainwell.training._hook import Hook
from trainwell.training._state import TrainState


class StopOnSignal(Hook):
    """Stop the run after the step in which a signal arrives.

    Attributes:
        received: Number of the signal, or None.

    Example:
        >>> hook = StopOnSignal()
        >>> with hook.listening():
        ...     print(hook.received)
        None
    """

    received: int | None = None

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Stop the run if a signal came during the step."""
        if self.received is not None:
            state.stop = "signal"

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Handle SIGINT and SIGTERM; a second signal has its usual effect.

        Only the main thread can handle signals; elsewhere this does nothing.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {s: signal.getsignal(s) for s in signals}

        def note(number: int, frame: FrameType | None) -> None:
            self.received = number
            for s in signals:
                signal.signal(s, before[s])

        for s in signals:
            signal.signal(s, note)
        try:
            yield
        finally:
            for s in signals:
                signal.signal(s, before[s])
