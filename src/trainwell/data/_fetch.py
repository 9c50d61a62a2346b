"""Fetch a file once, check it, and only then give it its name.

Source: none; plumbing.
"""

import hashlib
import os
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from trainwell.core.errors import DataError
from trainwell.core.progress import Progress

_TIMEOUT = 20.0
_BLOCK = 1 << 18


@dataclass(frozen=True)
class Remote:
    """A file at its official address, with the checksum its publisher gives."""

    url: str
    md5: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.url.rsplit("/", 1)[1]


def fetch(remote: Remote, folder: Path, progress: Progress) -> Path:
    """Return the file in `folder`, fetching it if it is not there yet.

    Raises:
        DataError: The file cannot be fetched, or is not what its publisher named.
    """
    target = folder / remote.name
    if target.is_file():
        return target
    name = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            digest = _copy(remote, stream.write, progress)
        if digest != remote.md5:
            raise DataError(
                f"{remote.url} gave a file with the MD5 sum {digest} instead of "
                f"{remote.md5}"
            )
        Path(name).replace(target)
    except (OSError, HTTPException) as error:
        raise DataError(f"cannot fetch {remote.url} ({error})") from None
    finally:
        if name is not None:
            Path(name).unlink(missing_ok=True)
    return target


def _copy(remote: Remote, write: Callable[[bytes], int], progress: Progress) -> str:
    """Pass the file's blocks to `write`; return their MD5 sum."""
    digest = hashlib.md5(usedforsecurity=False)
    with urllib.request.urlopen(remote.url, timeout=_TIMEOUT) as answer:
        total = int(answer.headers.get("Content-Length") or 0)
        with progress(f"Fetching {remote.name}", total) as advance:
            while block := answer.read(_BLOCK):
                digest.update(block)
                write(block)
                advance(len(block))
    return digest.hexdigest()
