"""A reporter for people: lines, bars and a live training display, by rich."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, TextIO, cast

from rich.console import Console as RichConsole
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from torch import Tensor

from trainwell.core.printable import printable
from trainwell.core.progress import Advance
from trainwell.runs._evaluation_lines import EvaluationLines
from trainwell.training import Batch, Hook, TrainState

_SMOOTHING = 0.95  # of the loss that is shown
_APART = 10.0  # seconds between two lines of a job in a log
_REFRESH = 0.2  # seconds between looks at the loss


class Console:
    """Shows a run in a terminal, or as plain lines where there is none.

    Example:
        >>> isinstance(Console(), Reporter)
        True
    """

    def __init__(self) -> None:
        stream = cast(IO[str], _Readerless(sys.stderr))
        self.console = RichConsole(file=stream, highlight=False)

    def say(self, text: str) -> None:
        """Show a line."""
        self._print(escape(printable(text)))

    def warn(self, text: str) -> None:
        """Show a line that asks for attention."""
        self._print(f"[yellow]warning:[/yellow] {escape(printable(text))}")

    def _print(self, markup: str) -> None:
        """Print a line; a log keeps it whole."""
        self.console.print(markup, soft_wrap=not self.console.is_terminal)

    @contextmanager
    def progress(self, description: str, total: int) -> Iterator[Advance]:
        """Show a bar until the work is done, or a line now and then in a log."""
        if not self.console.is_terminal:
            yield _AdvanceLines(self.say, description, total)
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(description, total=total)
            yield lambda amount: bar.advance(task, amount)

    @contextmanager
    def training(self, per_epoch: int) -> Iterator[Hook]:
        """Show epoch, loss, validation, images per second and time left.

        A terminal gets a bar; a log file a line per evaluation.
        """
        if not self.console.is_terminal:
            yield EvaluationLines(self.say, per_epoch)
            return
        columns = (
            TextColumn("epoch {task.fields[epoch]:>5.1f}"),
            BarColumn(),
            TextColumn("loss {task.fields[loss]}"),
            TextColumn("val {task.fields[headline]}"),
            TextColumn("{task.fields[speed]:>6,.0f} images/s"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.console) as bar:
            yield _Live(bar, per_epoch)


class _AdvanceLines:
    """Says every ten seconds how far a job is."""

    def __init__(self, say: Callable[[str], None], what: str, total: int) -> None:
        self.say, self.what, self.total = say, what, total
        self.done, self.shown = 0, time.perf_counter()

    def __call__(self, amount: int) -> None:
        """Count finished units."""
        self.done += amount
        if time.perf_counter() - self.shown >= _APART:
            self.shown = time.perf_counter()
            self.say(f"{self.what}: {self.done:,} of {self.total:,}")


class _Readerless:
    """A stream that drops what nothing reads any more, and lets the work go on."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self.stream.flush()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.stream, name)


class _Live(Hook):
    """Feeds the training display a few times a second."""

    def __init__(self, bar: Progress, per_epoch: int) -> None:
        self.bar = bar
        self.per_epoch = per_epoch
        self.loss: float | None = None
        self.shown = 0.0

    def on_start(self, state: TrainState) -> None:
        """Open the line."""
        self.marked = (state.step, state.step_seconds)
        self.task = self.bar.add_task(
            "", total=state.total_steps, epoch=0.0, loss="-", headline="-", speed=0.0
        )

    def after_step(self, state: TrainState, batch: Batch, loss: Tensor) -> None:
        """Update the line if it is old enough."""
        now = time.perf_counter()
        if now - self.shown < _REFRESH and state.step < state.total_steps:
            return
        self.shown = now
        value = loss.item()
        smoothed = value if self.loss is None else self.loss
        self.loss = _SMOOTHING * smoothed + (1 - _SMOOTHING) * value
        steps, seconds = self.marked
        speed = (state.step - steps) * len(batch) / (state.step_seconds - seconds)
        headline = state.memory.get("val_headline")
        self.bar.update(
            self.task,
            completed=state.step,
            total=state.total_steps,
            epoch=state.step / self.per_epoch,
            loss=f"{self.loss:.3f}",
            headline="-" if headline is None else f"{headline:.3f}",
            speed=speed,
        )
