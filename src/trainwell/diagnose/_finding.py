"""Findings and verdicts: a level, a sentence, the numbers, and a remedy.

Source: none; types.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["pass", "warn", "fail", "untested"]
Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Finding:
    """One line of a diagnosis; `dataclasses.asdict` gives values that JSON can hold.

    `Finding.passed`, `warn`, `fail` and `untested` make one of each level.

    Attributes:
        name: The check or the fault, in a few words that never change.
        level: `pass`, `warn` (look at it), `fail` (fix it first), or `untested`.
        what: A sentence for people.
        numbers: The measurements behind the sentence.
        try_next: The remedy; empty where all is well.

    Example:
        >>> Finding.warn("few images", "3 images of cat.", {"images": 3}, "add more")
        Finding(name='few images', level='warn', what='3 images of cat.', ...)
    """

    name: str
    level: Level
    what: str
    numbers: Numbers = field(default_factory=dict)
    try_next: str = ""

    @classmethod
    def passed(cls, name: str, what: str, numbers: Numbers | None = None) -> "Finding":
        """Return a finding of level `pass`."""
        return cls(name, "pass", what, numbers or {})

    @classmethod
    def warn(cls, name: str, what: str, numbers: Numbers, try_next: str) -> "Finding":
        """Return a finding of level `warn`."""
        return cls(name, "warn", what, numbers, try_next)

    @classmethod
    def fail(cls, name: str, what: str, numbers: Numbers, try_next: str) -> "Finding":
        """Return a finding of level `fail`."""
        return cls(name, "fail", what, numbers, try_next)

    @classmethod
    def untested(cls, name: str, what: str) -> "Finding":
        """Return a finding of level `untested`: nothing can be said, and why."""
        return cls(name, "untested", what)


@dataclass(frozen=True)
class Verdict:
    """One sentence on what the curves show, the numbers, and what to do.

    Attributes:
        kind: `fits well`, `overfitting`, `underfitting`, `still rising`, `chance`,
            `too short`, `leakage`, `learning rate too high`, `learning rate too low` or
            `bad start`; other words where something else is checked.
        text: The sentence for people.
        numbers: The measurements behind it.

    Example:
        >>> Verdict("fits well", "It fits well.", {"gap": 0.02}).kind
        'fits well'
    """

    kind: str
    text: str
    numbers: Numbers = field(default_factory=dict)


def faults(findings: Iterable[Finding]) -> list[Finding]:
    """Return the warnings and fails, in their order.

    Example:
        >>> from trainwell.diagnose import Finding
        >>> good = Finding.passed("loss", "It falls.")
        >>> bad = Finding.fail("steps go uphill", "It rises.", {}, "flip the sign")
        >>> [finding.name for finding in faults([good, bad])]
        ['steps go uphill']
    """
    return [finding for finding in findings if finding.level in ("warn", "fail")]


def failed(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings is a fail.

    Example:
        >>> from trainwell.diagnose import Finding
        >>> failed([Finding.passed("loss", "It falls.")])
        False
    """
    return any(finding.level == "fail" for finding in findings)
