"""What nobody can be faster than here: reading, decoding and writing alone."""

import time
from collections.abc import Callable

import numpy as np
import simplejpeg

from benchmarks.augment._workloads import Workload


def limits(work: Workload) -> list[tuple[str, float]]:
    """Return what bounds this workload, in images per second of one thread."""
    floats = 3 * work.size * work.size
    source = np.zeros((work.batch, floats), np.float32)
    target = np.empty_like(source)
    found = [
        ("writing the floats", _speed(lambda: np.copyto(target, source), work.batch))
    ]
    if work.files:
        data = [path.read_bytes() for path in work.files[: work.batch]]

        def decode() -> None:
            for file in data:
                simplejpeg.decode_jpeg(file, "RGB")

        found.append(("decoding in full", _speed(decode, len(data))))
    return found


def _speed(job: Callable[[], object], images: int) -> float:
    best = np.inf
    for _ in range(7):
        start = time.perf_counter()
        job()
        best = min(best, time.perf_counter() - start)
    return images / best
