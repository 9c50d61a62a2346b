"""What tuning was asked for, what each step found, and what it returns."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainwell.runs.tuning._plan import Plan
from trainwell.runs.tuning._repeats import Verdict
from trainwell.runs.tuning._words import Said
from trainwell.tuning import (
    ChosenRate,
    Coarse,
    InitialLoss,
    Overfit,
    Reading,
    Refined,
    Space,
    Tried,
)


@dataclass(frozen=True)
class Tuning:
    """How to search.

    Attributes:
        budget: Wall time, such as 30m.
        sampler: `random`, `grid`, `tpe` or `population`.
        pruner: `none`, `halving` or `median`, for the finer trials.
        keys: The fields to search.
        storage: URL of a database that several processes share; a file by default.
    """

    budget: str = "30m"
    sampler: str = "random"
    pruner: str = "median"
    keys: tuple[str, ...] = ("optimizer.lr", "optimizer.weight_decay")
    storage: str | None = None


@dataclass(frozen=True)
class Story:
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
        said: All of it in words.
    """

    initial: InitialLoss
    overfit: Overfit
    rate: ChosenRate
    plan: Plan
    space: Space
    coarse: Coarse
    refined: Refined
    reading: Reading
    verdict: Verdict
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Tuned:
    """What was found.

    Attributes:
        path: The folder.
        recipe: The file for `trainwell train DATA --recipe FILE`.
        page: The page to look at.
        run: The folder of the winner's training in full.
        story: What each step found.
        tried: All trials.
        summary: Of the winner's run.
    """

    path: Path
    recipe: Path
    page: Path
    run: Path
    story: Story
    tried: tuple[Tried, ...]
    summary: dict[str, Any]
