"""The content of the page on tuning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trainwell.report._scored_by import ScoredBy

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
    """All results of tuning, and the command that repeats it.

    Attributes:
        source: Description of the data.
        command: Command that repeats the tuning.
        winner_file: File of the best recipe.
        budget: Time budget in seconds.
        seconds: Time used in seconds.
        said: Number, title, whether it passed, and text of the report on each step.
        plan: Plan of the budget, as text.
        initial: Result of step 1.
        overfit: Result of step 2.
        rate: Result of step 3.
        space: Search space.
        coarse: Result of step 4.
        refined: Result of steps 5 and 7.
        reading: Result of step 6.
        repeats: Scores of the repeats, by name.
        points: Values of the repeated recipes, by name.
        gains: Gains over the default, by name.
        winner: Name of the best recipe.
        summary: Summary of the run of the best recipe.
        environment: Versions and device, by name.
        scored_by: Metric that trials are compared by.

    Example:
        >>> import dataclasses
        >>> [field.name for field in dataclasses.fields(TuneCase)][7:10]
        ['initial', 'overfit', 'rate']
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
    scored_by: ScoredBy
