"""A claim of the lectures: what is measured, when it holds, and what it looks like."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:  # matplotlib is not needed to measure
    from matplotlib.figure import Figure

Word = Literal["held", "not held", "undecided"]
Measured = Mapping[str, Any]
"""Numbers of one seed by name: single ones, or lists; JSON can hold them."""


@dataclass(frozen=True)
class Verdict:
    """Whether a claim held.

    Attributes:
        word: held, not held or undecided, by the criterion of the claim.
        numbers: The numbers that decide, with their spread over seeds, in a sentence.

    Example:
        >>> Verdict("held", "ReLU needs 80 ± 5 steps, tanh 240 ± 12.").word
        'held'
    """

    word: Word
    numbers: str


class Measure(Protocol):
    """Measures what a claim speaks of, once."""

    def __call__(self, seed: int, *, quick: bool) -> Measured:
        """Return the numbers of one seed.

        Args:
            seed: Decides all that is random.
            quick: Whether a smaller form is measured, in seconds.
        """
        ...


@dataclass(frozen=True)
class Claim:
    """A claim with its experiment.

    Attributes:
        title: A few words.
        source: Where it is said, such as "deck 4".
        claim: What is said, in a sentence.
        criterion: When it is said to hold, in a sentence; fixed before the run.
        measure: Measures one seed.
        judge: From the numbers of all seeds to the verdict.
        draw: Puts the numbers of all seeds on an empty figure.
        seeds: Seeds by default; 1 where nothing is random.

    Example:
        >>> sums = Claim("Sums", "deck 0", "Two and two make four.", "Exactly.",
        ...              measure=lambda seed, *, quick: {"sum": 2 + 2},
        ...              judge=lambda runs: Verdict("held", f"It is {runs[0]['sum']}."),
        ...              draw=lambda figure, runs: None, seeds=1)
        >>> sums.judge([sums.measure(0, quick=True)])
        Verdict(word='held', numbers='It is 4.')
    """

    title: str
    source: str
    claim: str
    criterion: str
    measure: Measure
    judge: Callable[[Sequence[Measured]], Verdict]
    draw: Callable[["Figure", Sequence[Measured]], None]
    seeds: int = 3
