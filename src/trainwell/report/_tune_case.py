"""What the page on tuning shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trainwell.diagnose import InitialLoss
    from trainwell.tuning import (
        ChosenLr,
        Coarse,
        Gain,
        Overfit,
        Point,
        Reading,
        Refined,
        Space,
    )


@dataclass(frozen=True, kw_only=True)
class TuneCase:
    """All that was found, and how to find it again.

    Attributes:
        source: The data, in words.
        command: What does the same again.
        winner_file: The recipe that won.
        budget: Seconds that were allowed.
        seconds: Seconds that it took.
        said: Per step, its number, title, whether it passed, and what it found.
        plan: How the budget was to be spent.
        initial: Step 1.
        overfit: Step 2.
        rate: Step 3.
        space: Where the search looked.
        coarse: Step 4.
        refined: Steps 5 and 7.
        reading: Step 6.
        repeats: Scores of the repeats, by name.
        points: Values of what was repeated, by name.
        gains: Over the default, by name.
        winner: The name of the one to use.
        summary: Of the winner's run.
        environment: Versions and device, by name.
    """

    source: str
    command: str
    winner_file: str
    budget: float
    seconds: float
    said: tuple[tuple[int, str, bool, str], ...]
    plan: str
    initial: InitialLoss
    overfit: Overfit
    rate: ChosenLr
    space: Space
    coarse: Coarse
    refined: Refined
    reading: Reading
    repeats: Mapping[str, tuple[float, ...]]
    points: Mapping[str, Point]
    gains: Mapping[str, Gain]
    winner: str
    summary: Mapping[str, Any]
    environment: Mapping[str, object]
