"""Reporters: how a run shows messages and progress."""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, runtime_checkable

from trainwell.core.progress import Advance, silent
from trainwell.training import Hook


@runtime_checkable
class Reporter(Protocol):
    """Shows a run to somebody.

    Example:
        >>> class Lines(Quiet):
        ...     def say(self, text):
        ...         print(f"- {text}")
        >>> Lines().say("an epoch is over")
        - an epoch is over
    """

    def say(self, text: str) -> None:
        """Show a line."""
        ...

    def warn(self, text: str) -> None:
        """Show a line that asks for attention."""
        ...

    def progress(self, description: str, total: int) -> AbstractContextManager[Advance]:
        """Show a bar; see `core.progress`."""
        ...

    def training(self, per_epoch: int) -> AbstractContextManager[Hook]:
        """Show training; yields the hook that feeds it."""
        ...


class Quiet:
    """Shows nothing.

    Example:
        >>> Quiet().say("nothing is shown")
        >>> isinstance(Quiet(), Reporter)
        True
    """

    def say(self, text: str) -> None:
        """Show nothing."""

    def warn(self, text: str) -> None:
        """Show nothing."""

    def progress(self, description: str, total: int) -> AbstractContextManager[Advance]:
        """Show nothing."""
        return silent(description, total)

    def training(self, per_epoch: int) -> AbstractContextManager[Hook]:
        """Show nothing."""
        return nullcontext(Hook())
