"""The files of a search: its state while it runs, its policy and log at the end."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from trainwell.augment.policies import Transform, write_policy
from trainwell.core.errors import RunError
from trainwell.core.files import write_atomically
from trainwell.recipes import Recipe, write_recipe
from trainwell.report import read_run_json
from trainwell.runs.augment_search._types import PolicySearch, Result
from trainwell.runs.folder._folder import RunFolder

_CALLED = {"fingerprint": "set of training images", "method": "method"}


@dataclass(frozen=True)
class FoundPolicy:
    """A policy and where it lies; `train` takes it as `augment`.

    Attributes:
        policy: What was found.
        path: The file that holds it.
        log: JSON with all that was tried.
        notes: How it was found, in a few lines.

    Example:
        >>> policy = tw.augment.policies.RandAugment()
        >>> FoundPolicy(policy, run, run, ("a note",)).notes
        ('a note',)
    """

    policy: Transform
    path: Path
    log: Path
    notes: tuple[str, ...]

    def __fspath__(self) -> str:
        return str(self.path)


def search_folder(out: Path, *, resume: bool) -> RunFolder:
    """Return where the state is kept, or refuse to overwrite something."""
    if out.suffix not in (".yaml", ".yml"):
        raise RunError(f"`out` must end in .yaml, got {out}.")
    folder = RunFolder(out.with_suffix(".search"))
    if out.exists():
        raise RunError(
            f"{out} exists already; choose another file with `out` (`--out`), or move "
            "it away."
        )
    if not out.parent.is_dir():
        raise RunError(f"{out} cannot be written: its folder does not exist.")
    if folder.path.exists() and not resume:
        raise RunError(
            f"{folder.path} holds a search; add `resume` (`--resume`) to go on with "
            "it, choose another `out` (`--out`), or remove that folder."
        )
    return folder


class _Origin(BaseModel):
    """What origin.json of a search must hold."""

    model_config = ConfigDict(strict=True, extra="allow")
    fingerprint: str
    method: str
    images: int
    judges: int


def read_origin(folder: RunFolder) -> dict[str, Any]:
    """Read what a search started from; raise RunError if it is no such file."""
    return read_run_json(folder.origin, _Origin)


def begin_search(folder: RunFolder, recipe: Recipe, origin: dict[str, Any]) -> int:
    """Write what the search starts from, or check it against what it started from.

    Returns:
        How many images judge a candidate, as it was at the start.
    """
    if folder.recipe.exists():
        began = read_origin(folder)
        for key in ("fingerprint", "method"):
            if began[key] != origin[key]:
                raise RunError(
                    f"{folder.path} was begun with another {_CALLED[key]}; search "
                    "again with another `out` (`--out`)."
                )
        return int(began["judges"])
    folder.write_json(folder.origin, origin)
    folder.recipe.write_text(write_recipe(recipe), "utf-8")
    return int(origin["judges"])


def write_found(
    search: PolicySearch, result: Result, origin: dict[str, Any]
) -> FoundPolicy:
    """Write the log, then the policy, and remove what only a resume needs."""
    folder, log = search.folder, search.folder.path / "search.json"
    folder.write_json(log, {**origin, "seconds": search.clock.spent, **result.log})
    lines = (
        f"Found by `trainwell search augment` on {origin['source']}.",
        f"{origin['method']}",
        *result.notes,
        f"{search.clock.spent:.0f} s; all that was tried: {log}",
    )
    text = "".join(f"# {' '.join(line.split())}\n" for line in lines)
    write_atomically(search.out, (text + write_policy(result.policy)).encode())
    shutil.rmtree(folder.path / "checkpoints")
    return FoundPolicy(result.policy, search.out, log, result.notes)
