"""Scan every image of a source once, in threads, and remember the results.

Each file is read once and decoded once, JPEGs at a reduced scale. The results are
kept in the user's cache, so that a second run on the same files reads only their
sizes and times. The results are in the order of the paths.

Source: none; plumbing.
"""

import time
from collections.abc import Sequence
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress
from trainwell.data import _scan_cache
from trainwell.data._decode import read
from trainwell.data._encoded import ImageFile
from trainwell.data._probe import Probe, probe, probe_arrays
from trainwell.data._source import BadImage as BadImage
from trainwell.data._threads import in_threads, num_threads
from trainwell.data._white_level import Pixels

_CHUNK = 16
_ARRAY_BYTES = 1 << 22


def scan_files(
    root: Path, paths: Sequence[ImageFile], progress: Progress
) -> list[Probe | BadImage]:
    """Scan every file; `root` names the source in the cache."""
    remembered = _scan_cache.load(root)
    stamps, now = _scan_cache.stamps(paths), time.time_ns()
    known = {i: remembered[s] for i, s in enumerate(stamps) if s in remembered}
    results: dict[int, Probe | BadImage] = {**known}
    missing = [i for i in range(len(paths)) if i not in known]
    chunks = [missing[i : i + _CHUNK] for i in range(0, len(missing), _CHUNK)]
    with progress("Reading images", len(paths)) as advance:
        advance(len(known))
        probed = in_threads(
            lambda chunk: [_probe_file(paths[i]) for i in chunk], chunks, num_threads()
        )
        for chunk, found in zip(chunks, probed, strict=True):
            results.update(zip(chunk, found, strict=True))
            advance(len(chunk))
    fresh = {
        stamp: result
        for i in missing
        if (stamp := stamps[i])
        and _scan_cache.is_settled(stamp, now)
        and isinstance(result := results[i], Probe)
    }
    if fresh:
        _scan_cache.save(root, remembered, fresh)
    return [results[i] for i in range(len(paths))]


def scan_arrays(images: Pixels, progress: Progress) -> list[Probe]:
    """Scan n x h x w x c images that are in memory."""
    size = max(1, _ARRAY_BYTES // max(1, images[:1].size))
    parts = [images[i : i + size] for i in range(0, len(images), size)]
    probes: list[Probe] = []
    with progress("Reading images", len(images)) as advance:
        for found in in_threads(probe_arrays, parts, num_threads()):
            probes += found
            advance(len(found))
    return probes


def _probe_file(path: ImageFile) -> Probe | BadImage:
    try:
        return probe(read(path))
    except DataError as error:
        return BadImage(str(path), str(error))
