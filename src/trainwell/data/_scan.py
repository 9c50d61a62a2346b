"""Look once at every image of a source, in threads, and remember what was seen.

Each file is read once and decoded once, JPEGs at a reduced scale. What was seen is
kept in the user's cache, so that a second run on the same files reads only their
sizes and times. The order of the results is the order asked for.

Source: none; plumbing.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainwell.core.errors import DataError
from trainwell.core.progress import Advance, Progress
from trainwell.data import _scan_cache
from trainwell.data._decode import read
from trainwell.data._probe import Probe, probe, probe_arrays

_CHUNK = 64


@dataclass(frozen=True, slots=True)
class BadImage:
    """A file that could not be used, and why."""

    path: str
    reason: str


def num_threads() -> int:
    """Threads worth using here: one per processor this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return min(16, len(os.sched_getaffinity(0)))
    return min(16, os.cpu_count() or 1)


def scan_files(
    root: Path, paths: Sequence[Path], progress: Progress
) -> list[Probe | BadImage]:
    """Look at every file; `root` names the source in the cache."""
    remembered = _scan_cache.load(root)
    stamps = _scan_cache.stamps(paths)
    results: list[Probe | BadImage | None] = [
        remembered.get(stamp) if stamp else None for stamp in stamps
    ]
    missing = [i for i, result in enumerate(results) if result is None]
    chunks = [missing[i : i + _CHUNK] for i in range(0, len(missing), _CHUNK)]
    with (
        progress("Reading images", len(paths)) as advance,
        ThreadPoolExecutor(num_threads()) as pool,
    ):
        advance(len(paths) - len(missing))
        looks = pool.map(
            lambda chunk: [_look(paths[i], advance) for i in chunk], chunks
        )
        for chunk, seen in zip(chunks, looks, strict=True):
            for index, result in zip(chunk, seen, strict=True):
                results[index] = result
    if missing:
        _scan_cache.save(
            root,
            {
                s: r
                for s, r in zip(stamps, results, strict=True)
                if s and isinstance(r, Probe)
            },
        )
    return [result for result in results if result is not None]


def scan_arrays(images: npt.NDArray[np.uint8], progress: Progress) -> list[Probe]:
    """Look at n x h x w x c images that are in memory."""
    size = max(1, 2**22 // max(1, images[:1].size))
    parts = [images[i : i + size] for i in range(0, len(images), size)]
    probes: list[Probe] = []
    with (
        progress("Reading images", len(images)) as advance,
        ThreadPoolExecutor(num_threads()) as pool,
    ):
        for seen in pool.map(probe_arrays, parts):
            probes += seen
            advance(len(seen))
    return probes


def _look(path: Path, advance: Advance) -> Probe | BadImage:
    try:
        return probe(read(path))
    except DataError as error:
        return BadImage(str(path), str(error))
    finally:
        advance(1)
