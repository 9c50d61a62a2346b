"""Hold a folder for one process.

Source: the library filelock, which asks the operating system.
"""

import errno
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from trainwell.core.errors import RunError

_UNKNOWN = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


class InUseError(RunError):
    """Another process holds the folder."""


def no_warning(message: str) -> None:
    """Show nothing.

    Example:
        >>> from trainwell.core.locks import no_warning
        >>> no_warning("a message")
    """


@contextmanager
def held(folder: Path, warn: Callable[[str], None] = no_warning) -> Iterator[None]:
    """Hold an existing folder until the block ends.

    Args:
        folder: Its file .lock is locked.
        warn: Called with a message if the file system has no locks.

    Raises:
        InUseError: If another process holds the folder.
        RunError: If the folder cannot be written to.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.core.locks import held
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> with held(folder), held(folder):
        ...     pass
        Traceback (most recent call last):
        trainwell.core.locks.InUseError: ... is in use by another process; wait, ...
    """
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        with warnings.catch_warnings(action="ignore"):  # of a fall back to a lock file
            lock.acquire()
    except Timeout:
        raise InUseError(
            f"{folder} is in use by another process; wait, or choose another folder "
            "with `out` (`--out`)."
        ) from None
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise RunError(
                f"{folder} cannot be written to ({error.strerror}); choose another "
                "folder with `out` (`--out`)."
            ) from error
        warn(f"{folder} cannot be locked; start no second run in it.")
    try:
        yield
    finally:
        lock.release()
