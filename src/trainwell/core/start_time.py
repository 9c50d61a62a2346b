"""When the work began that a limit of time counts from: a command, with its imports."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_began: ContextVar[float | None] = ContextVar("began", default=None)


@contextmanager
def begun_at(moment: float) -> Iterator[None]:
    """Let work in this block have begun at a moment of `time.perf_counter`."""
    token = _began.set(moment)
    try:
        yield
    finally:
        _began.reset(token)


def start_time() -> float:
    """Return when the command began, or this moment outside one."""
    moment = _began.get()
    return time.perf_counter() if moment is None else moment
