"""The user's own places: a home that may be missing, a cache that can be written.

In a container, a user may have no entry, no HOME, or a HOME that cannot be written.

Source: XDG Base Directory Specification (`$XDG_CACHE_HOME`).
"""

import os
import tempfile
from pathlib import Path


def expanded(path: str | Path) -> Path:
    """Return a path with `~` as the user's home; as it is where there is none.

    Example:
        >>> expanded("~0.png")
        PosixPath('~0.png')
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def home() -> Path | None:
    """Return the user's home, if there is one."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def cache_folder() -> Path:
    """Return where trainwell keeps what it can make or fetch again.

    It is below `$XDG_CACHE_HOME` or the home; where neither can be written, below the
    folder of temporary files, for this user alone.
    """
    stated = os.environ.get("XDG_CACHE_HOME")
    if stated:
        return Path(stated) / "trainwell"
    own = home()
    if own is not None and can_write(own / ".cache"):
        return own / ".cache" / "trainwell"
    return private_folder("trainwell-cache")


def private_folder(name: str) -> Path:
    """Return a folder below that of temporary files that this user alone can write.

    A folder of the name that belongs to somebody else is not used.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0
    path = Path(tempfile.gettempdir()) / f"{name}-{user}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        state = path.lstat()
        if path.is_symlink() or not path.is_dir() or state.st_uid != user:
            raise PermissionError
        path.chmod(0o700)
    except (OSError, AttributeError):
        return Path(tempfile.mkdtemp(prefix=f"{name}-"))
    return path


def can_write(folder: Path) -> bool:
    """Tell whether a folder can be written, or made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)
