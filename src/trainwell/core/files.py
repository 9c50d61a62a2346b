"""Read regular files only; write them so that each is complete or not there at all.

A pipe may never answer and a device may never end: neither is read.

A file is written under another name, flushed to the disk, and renamed over the old
one; a crash or a full disk at any moment leaves the old file whole.

Source: POSIX, `rename` and `fsync`.
"""

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from trainwell.core.errors import RunError, UserError

_ENDING = ".tmp"


def open_regular(path: Path) -> BinaryIO:
    """Open a file to read its bytes, without waiting for a pipe.

    Raises:
        UserError: If it is a pipe or a device.
        OSError: If it is missing, a folder, or forbidden.

    Example:
        >>> from trainwell.core.files import open_regular
        >>> open_regular(Path("/dev/null"))
        Traceback (most recent call last):
        trainwell.core.errors.UserError: /dev/null is a pipe or a device, not a ...
    """
    modes = (getattr(os, name, 0) for name in ("O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, os.O_RDONLY | sum(modes))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise UserError(f"{path} is a pipe or a device, not a regular file.")


def read_regular(path: Path) -> bytes:
    """Return the bytes of a file; see `open_regular`.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.core.files import read_regular
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
        >>> _ = path.write_text("seed: 3")
        >>> read_regular(path)
        b'seed: 3'
    """
    with open_regular(path) as stream:
        return stream.read()


def refuse_irregular(path: Path) -> None:
    """Refuse pipes and devices where a library opens the file; see `open_regular`.

    Example:
        >>> from trainwell.core.files import refuse_irregular
        >>> refuse_irregular(Path("/dev/null"))
        Traceback (most recent call last):
        trainwell.core.errors.UserError: /dev/null is a pipe or a device, not a ...
    """
    open_regular(path).close()


def write_atomically(path: Path, data: bytes, *, previous: Path | None = None) -> None:
    """Replace the file at `path` by `data`, completely or not at all.

    Args:
        path: The file.
        data: Its whole content.
        previous: Where the file that was there is moved to.

    Raises:
        RunError: If the disk is full or the folder cannot be written to.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.core.files import write_atomically
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
        >>> write_atomically(path, b"all of it")
        >>> path.read_text()
        'all of it'
    """
    temporary = path.parent / f".{path.name}.{os.getpid()}{_ENDING}"
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if previous is not None and path.exists():
            path.replace(previous)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise RunError(
            f"{path} could not be written: {error.strerror or error}."
            + (" Free some space; the previous file is whole." if full else "")
        ) from error
    with contextlib.suppress(OSError):  # not every file system can sync a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove_left_over(folder: Path) -> None:
    """Remove what killed processes left of files that they were writing.

    Call it only while no other process writes to the folder.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.core.files import remove_left_over
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> (folder / ".a.txt.4711.tmp").touch()
        >>> remove_left_over(folder)
        >>> list(folder.iterdir())
        []
    """
    for path in folder.glob(f".*.*{_ENDING}"):
        if path.suffixes[-2][1:].isdigit():
            with contextlib.suppress(OSError):
                path.unlink()
