"""Keep the results of a scan, by path and state of the file, in the user's cache.

One small NPZ file per source, written beside its place and renamed, read without
unpickling; a damaged or outdated one is ignored. Nothing is kept where the cache
folder cannot be written.

The state is size, time of the last write, time of the last change of any kind (which a
program cannot set) and inode: archives often give all files one time, and BMP and PGM
files of one shape have one size.

Source: XDG Base Directory Specification (`$XDG_CACHE_HOME`).
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np

from trainwell.core.home import cache_folder
from trainwell.data._encoded import ImageFile
from trainwell.data._probe import Probe

Stamp = tuple[str, int, int, int, int]
"""Absolute path, size in bytes, times of write and change in nanoseconds, inode."""

_STATE = {
    "size": np.int64,
    "written": np.int64,
    "changed": np.int64,
    "inode": np.uint64,
}
_VERSION = 4
_TICK = 20_000_000  # nanoseconds; Linux has 4 or 10 ms
_FIELDS = [field.name for field in fields(Probe)]
_TYPES: dict[str, Any] = {
    "key": np.uint64,
    "height": np.int32,
    "width": np.int32,
    "mode": np.str_,
    "grey": np.bool_,
    "thumb": np.dtype("V72"),
    "peak": np.int32,
}


def folder() -> Path:
    """Where trainwell keeps what it can make or fetch again."""
    return cache_folder()


def stamps(paths: Sequence[ImageFile]) -> list[Stamp | None]:
    """Return the stamp of every file; None for one that is not there."""
    return [_stamp(path) if isinstance(path, Path) else None for path in paths]


def is_settled(stamp: Stamp, now: int) -> bool:
    """Tell whether a change after `now` will show in the file's times.

    Those advance in ticks: a file written in the present one may be written again in
    it and look the same.
    """
    return now - max(stamp[2], stamp[3]) > _TICK


def load(root: Path) -> dict[Stamp, Probe]:
    """Return the earlier results for this source; empty if nothing usable."""
    try:
        with (
            _file(root).open("rb") as stream,
            np.load(stream, allow_pickle=False) as stored,
        ):
            if int(stored["version"]) != _VERSION:
                return {}
            paths = bytes(stored["paths"]).decode("utf-8", "surrogateescape")
            stamped = zip(
                paths.split("\0"),
                *(stored[name].tolist() for name in _STATE),
                strict=True,
            )
            columns = [stored[name].tolist() for name in _FIELDS]
            probes = [Probe(*row) for row in zip(*columns, strict=True)]
            return dict(zip(stamped, probes, strict=True))
    except Exception:  # if it is damaged in any way, the files can be scanned again
        return {}


def save(
    root: Path, before: Mapping[Stamp, Probe], fresh: Mapping[Stamp, Probe]
) -> None:
    """Keep earlier and new results; a path scanned again replaces its old entry."""
    paths_now = {stamp[0] for stamp in fresh}
    scanned = {s: p for s, p in before.items() if s[0] not in paths_now} | dict(fresh)
    rows = zip(*(astuple(probe) for probe in scanned.values()), strict=True)
    columns = {
        name: np.array(row, _TYPES[name])
        for name, row in zip(_FIELDS, rows, strict=True)
    }
    paths, *state = zip(*scanned, strict=True)
    columns |= {
        name: np.array(values, kind)
        for (name, kind), values in zip(_STATE.items(), state, strict=True)
    }
    joined = "\0".join(paths).encode("utf-8", "surrogateescape")
    target = _file(root)
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(
                    stream,
                    version=np.int64(_VERSION),
                    paths=np.frombuffer(joined, np.uint8),
                    allow_pickle=False,
                    **columns,
                )
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def _file(root: Path) -> Path:
    name = os.fsencode(os.path.abspath(root))
    return (
        folder() / "scans" / f"{hashlib.blake2b(name, digest_size=12).hexdigest()}.npz"
    )


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return (
        os.path.abspath(path),
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
    )
