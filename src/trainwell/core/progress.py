"""How long work reports its advance, without knowing who shows it.

Functions that may take over two seconds accept a `Progress`. The command line
passes one that draws a bar; the default shows nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, runtime_checkable

Advance = Callable[[int], None]


@runtime_checkable
class Progress(Protocol):
    """Open a bar for a job of `total` units; yields the function that advances it."""

    def __call__(self, description: str, total: int) -> AbstractContextManager[Advance]:
        """Return a context that yields the function to advance by."""
        ...


@contextmanager
def silent(description: str, total: int) -> Iterator[Advance]:
    """Report nothing.

    Example:
        >>> from trainwell.core.progress import silent
        >>> with silent("Reading", 10) as advance:
        ...     advance(5)
    """
    yield lambda amount: None
