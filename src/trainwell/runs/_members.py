"""What an ensemble is made of: finished runs, or epochs of one."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from os import PathLike

from trainwell.core.errors import ArgumentError, RunError
from trainwell.infer import Predictor
from trainwell.runs._given_run import RunLike, folder_of
from trainwell.runs.folder._folder import RunFolder

_SPAN = re.compile(r"(\d+)(?:-(\d+))?")
_MOST = 10_000  # epochs of one text


@dataclass(frozen=True)
class Member:
    """One network of an ensemble.

    Attributes:
        folder: The run.
        epoch: The epoch whose weights are taken; the final weights if None.
    """

    folder: RunFolder
    epoch: int | None = None

    @property
    def name(self) -> str:
        """How it is shown."""
        place = str(self.folder.path)
        return place if self.epoch is None else f"{place} epoch {self.epoch}"


def members_of(
    runs: Iterable[RunLike | Iterable[RunLike]], epochs: str | Collection[int] | None
) -> list[Member]:
    """Return the members: a run each, or an epoch each of one run.

    Raises:
        RunError: If there are fewer than two, or a run is not finished.
        ArgumentError: If the epochs cannot be read.
    """
    folders = _folders(runs)
    if epochs is None:
        members = [Member(folder) for folder in folders]
    elif len(folders) != 1:
        raise RunError("`epochs` are those of one run; give one run.")
    else:
        members = [Member(folders[0], epoch) for epoch in _numbers(epochs)]
    if len(members) < 2:
        what = "runs" if epochs is None else "epochs"
        raise RunError(f"give two {what} or more.")
    for folder in folders:
        if not folder.finished:
            raise RunError(f"{folder.path} is not a finished run.")
    return members


def _folders(runs: Iterable[RunLike | Iterable[RunLike]]) -> list[RunFolder]:
    found: list[RunFolder] = []
    for run in runs:
        if isinstance(run, str | PathLike | Predictor):
            found.append(folder_of(run))
        else:
            found += map(folder_of, run)
    return found


def _numbers(epochs: str | Collection[int]) -> list[int]:
    """Return the epochs that a text such as `5-8,10` lists, in order, each once."""
    if not isinstance(epochs, str):
        return sorted(set(epochs))
    found: set[int] = set()
    for part in epochs.replace(" ", "").split(","):
        span = _SPAN.fullmatch(part)
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (1, 0)
        if not first <= last < first + _MOST:
            raise ArgumentError(
                f"`epochs` must be numbers and spans, such as 5-10 or 1,5,9, got "
                f"{epochs!r}."
            )
        found.update(range(first, last + 1))
    return sorted(found)
