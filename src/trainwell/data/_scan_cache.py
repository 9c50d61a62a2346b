"""Keep the results of a scan, by path, size and time of change, in the user's cache.

One small NPZ file per source, written beside its place and renamed, read without
unpickling; a damaged or outdated one is ignored. Nothing is kept where the cache
folder cannot be written.

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

from trainwell.data._probe import Probe

Stamp = tuple[str, int, int]
"""Absolute path, size in bytes, time of change in nanoseconds."""

_VERSION = 1
_FIELDS = [field.name for field in fields(Probe)]
_TYPES: dict[str, Any] = {
    "key": np.uint64,
    "height": np.int32,
    "width": np.int32,
    "mode": np.str_,
    "grey": np.bool_,
    "thumb": np.dtype("V72"),
}


def folder() -> Path:
    """Where trainwell keeps what it can make or fetch again."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "trainwell"


def stamps(paths: Sequence[Path]) -> list[Stamp | None]:
    """Return the stamp of every file; None for one that is not there."""
    return [_stamp(path) for path in paths]


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
                stored["size"].tolist(),
                stored["time"].tolist(),
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
    paths, sizes, times = zip(*scanned, strict=True)
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
                    size=np.array(sizes, np.int64),
                    time=np.array(times, np.int64),
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
    return os.path.abspath(path), status.st_size, status.st_mtime_ns
