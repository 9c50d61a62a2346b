"""The table of an experiment: mean and spread per variant, and pairwise differences.

difference = mean over seeds of (accuracy - the first variant's, same seed)
standard error = standard deviation of these / sqrt(n)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.experiments._types import Outcome


@dataclass(frozen=True)
class Row:
    """One variant of an experiment.

    Attributes:
        variant: Name of the variant.
        count: Number of seeds.
        mean: Mean accuracy.
        std: Standard deviation over seeds, 0 for one seed.
        difference: Mean difference to the first variant over the seeds of both; None
            if they share none, and for the first itself.
        error: Standard error of the difference; None for fewer than two seeds.
        seconds: Mean training time in seconds.
    """

    variant: str
    count: int
    mean: float
    std: float
    difference: float | None
    error: float | None
    seconds: float


def summarise(outcomes: Sequence[Outcome]) -> list[Row]:
    """Return one row per variant, in the order of their first outcomes.

    Example:
        >>> outcomes = [Outcome("a", 0, 0.8, 9.0), Outcome("a", 1, 0.9, 9.0),
        ...             Outcome("b", 0, 0.85, 9.0)]
        >>> [(row.variant, row.count) for row in summarise(outcomes)]
        [('a', 2), ('b', 1)]
    """
    names = list(dict.fromkeys(outcome.variant for outcome in outcomes))
    return [_row(name, names[0], outcomes) for name in names]


def _row(name: str, first: str, outcomes: Sequence[Outcome]) -> Row:
    own = [o for o in outcomes if o.variant == name]
    base = {o.seed: o.accuracy for o in outcomes if o.variant == first}
    accuracy = np.array([o.accuracy for o in own])
    paired = np.array([o.accuracy - base[o.seed] for o in own if o.seed in base])
    compared = name != first and len(paired) > 0
    error = (
        float(paired.std(ddof=1) / np.sqrt(len(paired))) if len(paired) > 1 else None
    )
    return Row(
        variant=name,
        count=len(own),
        mean=float(accuracy.mean()),
        std=float(accuracy.std(ddof=1)) if len(own) > 1 else 0.0,
        difference=float(paired.mean()) if compared else None,
        error=error if compared else None,
        seconds=float(np.mean([o.seconds for o in own])),
    )


def as_markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the table as Markdown.

    Example:
        >>> print(as_markdown([Outcome("a", 0, 0.8, 9.0)]))
        | variant | n | accuracy | minus the first, same seeds | seconds |
        |---|---|---|---|---|
        | a | 1 | 0.8000 ± 0.0000 |  | 9 |
        <BLANKLINE>
    """
    lines = [
        "| variant | n | accuracy | minus the first, same seeds | seconds |",
        "|---|---|---|---|---|",
    ]
    for row in summarise(outcomes):
        lines.append(
            f"| {row.variant} | {row.count} | {row.mean:.4f} ± {row.std:.4f} "
            f"| {_difference(row)} | {row.seconds:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _difference(row: Row) -> str:
    if row.difference is None:
        return ""
    error = "" if row.error is None else f" ± {row.error:.4f}"
    return f"{row.difference:+.4f}{error}"
