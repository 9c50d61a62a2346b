"""Ctrl-C, SIGTERM and SIGHUP end a run after the current step, with its state saved.

Source: POSIX, `signal.h`; SIGHUP tells that the terminal was closed.
"""

import signal
import threading
from collections.abc import Callable, Iterator
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
        """Note signals; after the first, another one raises KeyboardInterrupt.

        Only the main thread can handle signals; elsewhere this does nothing. What the
        process was started to ignore (`nohup`) stays ignored.
        """

        def note(number: int, frame: FrameType | None) -> None:
            if self.received is not None:
                raise KeyboardInterrupt
            self.received = number

        with _handled_by(note):
            yield


@contextmanager
def raising_interrupt() -> Iterator[None]:
    """Raise KeyboardInterrupt at once, whichever of the signals comes.

    Example:
        >>> import os, signal
        >>> with raising_interrupt():
        ...     os.kill(os.getpid(), signal.SIGTERM)
        Traceback (most recent call last):
        KeyboardInterrupt
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handled_by(stop):
        yield


@contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    known = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    before = {s: signal.getsignal(s) for s in known if s is not None}
    before = {s: h for s, h in before.items() if h is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, usual in before.items():
            signal.signal(number, usual)
