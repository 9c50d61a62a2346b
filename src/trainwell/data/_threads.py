"""Do work in threads and give the results in order; an error cancels the rest.

Source: none; plumbing.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def num_threads() -> int:
    """Threads worth using here: one per processor this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return min(16, len(os.sched_getaffinity(0)))
    return min(16, os.cpu_count() or 1)


def in_threads(
    work: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[Result]:
    """Yield work(item) for every item, in order.

    What has not begun is dropped when the work fails or the caller stops early (the
    pool's `map` cancels it), so that Ctrl-C does not wait for the rest.
    """
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, items)
