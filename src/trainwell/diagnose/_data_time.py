"""How long a training waits for its data, and how busy the processor is meanwhile.

    share = seconds in next(batches) / seconds of the steps
    busy = processor seconds of this process / (threads x seconds)

Over 0.3 the run is data-bound: a faster network would wait. Batches that are prepared
ahead count only what is waited for. On an accelerator, whose work goes on meanwhile, a
share is what the processor waited, which may be hidden behind that work.

A processor that is busy half of the time waits too: for files, for other programs, or
for the slowest of its threads.

Source: definition; the limit is ours.
"""

import time
from collections.abc import Iterator

from trainwell.diagnose._finding import Finding
from trainwell.training import Batch, Batches

_BOUND = 0.3


class TimedBatches:
    """The same batches; `seconds` is how long they were waited for.

    Args:
        batches: Where batches come from.
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
    """How busy this process keeps its threads' cores.

    Args:
        threads: That may work at once.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._marked = (time.process_time(), time.perf_counter())

    def busy(self) -> float:
        """Return the share of the time since the last call, or since the start."""
        now = (time.process_time(), time.perf_counter())
        worked, passed = now[0] - self._marked[0], now[1] - self._marked[1]
        self._marked = now
        return min(1.0, worked / max(self._threads * passed, 1e-9))


def check_data_time(data_seconds: float, step_seconds: float) -> Finding:
    """Judge what share of the steps was spent on waiting for data.

    Args:
        data_seconds: In `next` of the batches.
        step_seconds: Of the steps, the waiting included.
    """
    share = data_seconds / max(step_seconds, 1e-9)
    numbers = {"share": share, "data_seconds": data_seconds}
    words = f"{share:.0%} of the time of the steps goes to data"
    if share > _BOUND:
        return Finding(
            "data-bound",
            "warn",
            f"{words}.",
            numbers,
            "more threads (train.threads), images held in memory (data.memory_gb), or "
            "a cheaper augmentation",
        )
    return Finding("compute-bound", "pass", f"{words}.", numbers)
