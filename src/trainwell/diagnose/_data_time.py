"""The time a training waits for its data, and how busy the CPU is meanwhile.

    fraction = seconds in next(batches) / seconds of the steps
    busy     = CPU seconds of this process / (threads x seconds)

Over 0.3 the run is data-bound: a faster network would wait. Batches that are prepared
ahead count only what is waited for. An accelerator works
meanwhile: there the fraction is the time the CPU waited, which that work may hide.

A CPU that is busy half of the time waits too: for files, for other programs, or
for the slowest of its threads.

Source: definition; the limit is ours.
"""

import time
from collections.abc import Iterator

from trainwell.diagnose._finding import Finding
from trainwell.training import Batch, Batches

_BOUND = 0.3


class TimedBatches:
    """The same batches, with the seconds spent waiting for them in `seconds`.

    Args:
        batches: Batches to time.

    Example:
        >>> class Two:
        ...     per_epoch = 2
        ...     def stream(self, first, last):
        ...         yield from ["batch"] * (last - first)
        >>> timed = TimedBatches(Two())
        >>> list(timed.stream(0, 2)), timed.seconds < 0.1
        (['batch', 'batch'], True)
    """

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self.seconds = 0.0

    @property
    def per_epoch(self) -> int:
        """Steps in one pass over the data."""
        return self._batches.per_epoch

    def stream(self, first: int, last: int) -> Iterator[Batch]:
        """Yield the batches of steps first, first + 1, ... last - 1."""
        stream = self._batches.stream(first, last)
        while True:
            start = time.perf_counter()
            batch = next(stream, None)
            self.seconds += time.perf_counter() - start
            if batch is None:
                return
            yield batch


class CpuUsage:
    """CPU usage of this process, as a fraction of its threads.

    Args:
        threads: Number of threads that may work at once.

    Example:
        >>> usage = CpuUsage(threads=1)
        >>> 0 <= usage.busy() <= 1
        True
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._marked = (time.process_time(), time.perf_counter())

    def busy(self) -> float:
        """Return the fraction since the last call, or since the start."""
        now = (time.process_time(), time.perf_counter())
        worked, passed = now[0] - self._marked[0], now[1] - self._marked[1]
        self._marked = now
        return min(1.0, worked / max(self._threads * passed, 1e-9))


def check_data_time(data_seconds: float, step_seconds: float) -> Finding:
    """Check the fraction of the steps that was spent waiting for data.

    Args:
        data_seconds: Seconds spent in `next` of the batches.
        step_seconds: Seconds of the steps, the waiting included.

    Example:
        >>> check_data_time(4.0, 10.0).name
        'data-bound'
    """
    fraction = data_seconds / max(step_seconds, 1e-9)
    numbers = {"share": fraction, "data_seconds": data_seconds}
    message = f"{fraction:.0%} of the time of the steps goes to data"
    if fraction > _BOUND:
        return Finding.warn(
            "data-bound",
            f"{message}.",
            numbers,
            "more threads (train.threads), images held in memory (data.memory_gb), or "
            "a cheaper augmentation",
        )
    return Finding.passed("compute-bound", f"{message}.", numbers)
