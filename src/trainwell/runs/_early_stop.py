"""Ctrl-C where no step is under way: one line says what is left and how to go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trainwell.core.errors import InterruptedEarly
from trainwell.runs.folder._folder import RunFolder
from trainwell.training import raising_interrupt


@dataclass
class Work:
    """What is being done.

    Attributes:
        folder: Where it is saved; None before that is known.
        out: What `--out` names, if it is not the folder.
    """

    folder: RunFolder | None = None
    out: Path | None = None


@contextmanager
def early_stop() -> Iterator[Work]:
    """Turn a signal into a line; what handles signals itself is not concerned.

    Raises:
        InterruptedEarly: If a signal came.

    Example:
        >>> import os, signal
        >>> with early_stop() as work:
        ...     os.kill(os.getpid(), signal.SIGINT)
        Traceback (most recent call last):
        trainwell.core.errors.InterruptedEarly: stopped before the first step; ...
    """
    work = Work()
    try:
        with raising_interrupt():
            yield work
    except KeyboardInterrupt:
        folder = work.folder
        if folder is None or not folder.resumable:
            raise InterruptedEarly(None) from None
        raise InterruptedEarly(work.out or folder.path) from None
