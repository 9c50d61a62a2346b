"""A policy search in progress, and its result."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.augment.policies import Transform
from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._search_session import SearchSession


@dataclass(frozen=True)
class PolicySearch(SearchSession):
    """A policy search in progress.

    Attributes:
        timing: How fast images are trained on and scored.
        folder: The folder that keeps the state of the search.
        out: The file of the policy.
    """

    timing: TimingEstimate
    folder: RunFolder
    out: Path


@dataclass(frozen=True)
class Result:
    """What a search found.

    Attributes:
        policy: The policy.
        notes: How it was found, in a few lines.
        log: All that was tried, for JSON.
    """

    policy: Transform
    notes: tuple[str, ...]
    log: dict[str, Any]
