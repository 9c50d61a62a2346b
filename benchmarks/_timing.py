"""Alternate two or more pieces of work and compare their medians."""

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each, run in turn so that drift hits all alike.

    One round before the counted ones warms caches and compiled code.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for counted in range(-1, rounds):
        for name, work in works.items():
            spent = seconds(work)
            if counted >= 0:
                times[name].append(spent)
    return {name: statistics.median(values) for name, values in times.items()}
