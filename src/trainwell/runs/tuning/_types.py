"""The options of tuning, the findings of each step, and the result."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.diagnose import InitialLoss
from trainwell.report import StepReport
from trainwell.runs.tuning._plan import Plan, TimingEstimate
from trainwell.runs.tuning._repeats import Verdict
from trainwell.tuning import (
    ChosenLr,
    Coarse,
    Overfit,
    Reading,
    Refined,
    Space,
    Trial,
)


@dataclass(frozen=True)
class Start:
    """What a study begins with, kept over every resume.

    Attributes:
        recipe: The default of the search, complete.
        pace: How long things take.
    """

    recipe: dict[str, Any]
    pace: TimingEstimate


@dataclass(frozen=True)
class TuneOptions:
    """How to search.

    Attributes:
        budget: Wall time, such as 30m.
        sampler: `random`, `grid`, `tpe` or `population`.
        pruner: `none`, `halving` or `median`, for the finer trials.
        keys: The fields to search.
        storage: URL of a database that several processes share; a file by default.

    Example:
        >>> TuneOptions(budget="5m").keys
        ('optimizer.lr', 'optimizer.weight_decay')
    """

    budget: str = "30m"
    sampler: str = "random"
    pruner: str = "median"
    keys: tuple[str, ...] = ("optimizer.lr", "optimizer.weight_decay")
    storage: str | None = None


@dataclass(frozen=True)
class StepFindings:
    """What each step found.

    Attributes:
        initial: Step 1.
        overfit: Step 2.
        rate: Step 3.
        plan: How the budget was spent.
        space: Where the search looked.
        coarse: Step 4.
        refined: Steps 5 and 7.
        reading: Step 6.
        verdict: The repeats.
        reports: A report on every step, in order.

    Example:
        >>> [field for field in StepFindings.__dataclass_fields__][:3]
        ['initial', 'overfit', 'rate']
    """

    initial: InitialLoss
    overfit: Overfit
    rate: ChosenLr
    plan: Plan
    space: Space
    coarse: Coarse
    refined: Refined
    reading: Reading
    verdict: Verdict
    reports: tuple[StepReport, ...]


@dataclass(frozen=True)
class TuneResult:
    """What was found.

    It is taken wherever the folder of a run is: as the run of the winner.

    Attributes:
        path: The folder.
        recipe: The file for `trainwell train DATA --recipe FILE`.
        page: The page to look at.
        run: The folder of the winner's training in full.
        steps: What each step found.
        trials: All trials.
        summary: The summary of the winner's run.

    Example:
        >>> "recipe" in TuneResult.__dataclass_fields__
        True
    """

    path: Path
    recipe: Path
    page: Path
    run: Path
    steps: StepFindings
    trials: tuple[Trial, ...]
    summary: dict[str, Any]

    def __fspath__(self) -> str:
        return str(self.run)
