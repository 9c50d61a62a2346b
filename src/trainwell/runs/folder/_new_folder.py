"""Which folder a run is written to: a new one, the one that was given, or none."""

import re
from os import PathLike
from pathlib import Path

from trainwell.core.errors import RunError
from trainwell.runs.folder._folder import RunFolder


def new_folder(source: str, root: Path = Path("runs")) -> RunFolder:
    """Return a folder named after the data that does not exist yet: runs/photos-2."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(source).stem).strip("-.") or "run"
    number = 1
    while (root / f"{stem}-{number}").exists():
        number += 1
    return RunFolder(root / f"{stem}-{number}")


def open_folder(
    out: str | PathLike[str] | None, source: str, *, resume: bool
) -> RunFolder:
    """Return the folder to write to.

    Raises:
        RunError: If it holds a run and `resume` is not asked for, if it holds
            anything else, or if it is no folder.
    """
    if out is None:
        if resume:
            raise RunError("`resume` needs `out` (`--out DIR`), the folder of the run.")
        return new_folder(source)
    folder = RunFolder(Path(out))
    if folder.path.exists() and not folder.path.is_dir():
        raise RunError(f"{folder.path} is a file; give a folder as `out` (`--out`).")
    if not folder.path.is_dir() or folder.blank:
        return folder
    if not folder.begun:
        raise RunError(
            f"{folder.path} is not empty and holds no run; choose another folder with "
            "`out` (`--out`)."
        )
    if not resume:
        raise RunError(
            f"{folder.path} holds a run; add `resume` (`--resume`) to go on with it, "
            "or choose another folder with `out` (`--out`)."
        )
    return folder


def make_folder(
    folder: RunFolder, out: str | PathLike[str] | None, source: str
) -> RunFolder:
    """Make a folder whose name was not given; the next, if another process was quicker.

    Args:
        folder: From `open_folder`.
        out: What the user gave; such a folder is left as it is.
        source: As for `open_folder`.
    """
    while out is None:
        try:
            folder.path.mkdir(parents=True)
        except FileExistsError:
            folder = new_folder(source)
        except OSError:
            break  # `locked` says why
        else:
            break
    return folder
