"""What a check found: a level, a sentence, the numbers, and what to try.

Source: none; types.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["pass", "warn", "fail"]


@dataclass(frozen=True)
class Finding:
    """One line of a diagnosis; `dataclasses.asdict` gives JSON-able values.

    Attributes:
        name: What was looked at, or the fault, in a few words that never change.
        level: `pass`, `warn` (look at it) or `fail` (mend it first).
        what: A sentence for people.
        numbers: What the sentence rests on.
        try_next: What to do about it; empty where all is well.
    """

    name: str
    level: Level
    what: str
    numbers: Mapping[str, float] = field(default_factory=dict)
    try_next: str = ""


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are not a pass, in their order."""
    return [finding for finding in findings if finding.level != "pass"]


def failed(findings: Iterable[Finding]) -> bool:
    """Tell whether one of them is a fail."""
    return any(finding.level == "fail" for finding in findings)
