"""What each step found, in words: passed or not, why, and what to try."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainwell.tuning import (
    ChosenRate,
    Coarse,
    Gain,
    InitialLoss,
    Overfit,
    Reading,
    Refined,
    Tried,
)


@dataclass(frozen=True)
class StepReport:
    """A step in words.

    Attributes:
        number: 1 to 7, and 8 for the verdict.
        title: What was done.
        passed: Whether all is well.
        text: What was found, why, and what to try.
    """

    number: int
    title: str
    passed: bool
    text: str

    @property
    def line(self) -> str:
        """All of it, for a terminal."""
        if self.number == 8:
            return f"Gain {'shown' if self.passed else 'not shown'}: {self.text}"
        state = "pass" if self.passed else "FAIL"
        return f"Step {self.number} {state}  {self.title}: {self.text}"


_LOSS = {
    "fine": "",
    "sure of itself": " The network starts a little sure of itself, which the first "
    "steps have to mend; `init=...` or a smaller last layer would spare them.",
    "not finite": " Look at the images (`trainwell check`) and the initialisation.",
    "too high": " The network starts sure of wrong answers: try a smaller last layer "
    "(init=...), or look at the preprocessing.",
    "too low": " It cannot know that much before training: is the answer part of the "
    "images, or is there one class only?",
    "decay does nothing": " Weight decay adds nothing to it: no weight decays.",
}
_OVERFIT = {
    "learned": "",
    "not finite": " The loss became infinite: the rate is too high, or the start is "
    "bad (`trainwell check init`).",
    "stuck": " The loss hardly moved: the rate is too low, the start is bad "
    "(`trainwell check init`), or targets and images do not belong together.",
    "too slow": " It was on its way: more passes, or a higher rate, may do.",
}


def of_initial(found: InitialLoss, num_classes: int) -> StepReport:
    """Return step 1 in words."""
    expected = (
        f", log {num_classes} is {found.expected:.3f}"
        if found.expected is not None
        else " (this loss has no expected value)"
    )
    text = (
        f"loss {found.loss:.3f}{expected}; with weight decay {found.with_decay:.3f}."
        f"{_LOSS[found.cause]}"
    )
    return StepReport(1, "initial loss", found.passed, text)


def of_overfit(found: Overfit, batches: int, images: int) -> StepReport:
    """Return step 2 in words."""
    last = found.last
    text = (
        f"{batches} batches ({images} images) learned to "
        f"{100 * max(last.accuracies):.0f} % in {len(last.accuracies)} passes at rate "
        f"{last.rate:.2g}.{_OVERFIT[last.cause]}"
    )
    if found.passed and len(found.attempts) > 1:
        text += f" The recipe's own rate {found.attempts[0].rate:.2g} did not do it."
    return StepReport(2, "overfit a few batches", found.passed, text)


def of_rate(found: ChosenRate, own: float) -> StepReport:
    """Return step 3 in words."""
    rules = ", ".join(f"{name} {rate:.2g}" for name, rate in found.rules.items())
    rules = f"The rules say {rules}." if rules else "The range test shows no fall."
    chosen = next((t for t in found.trials if t.rate == found.rate), None)
    if not found.passed or chosen is None:
        text = (
            f"{rules} None of these rates lowered the loss by 15 % in "
            f"{max(t.steps for t in found.trials)} steps; going on around the recipe's "
            f"{own:.2g}. Look at steps 1 and 2, or try another optimizer."
        )
        return StepReport(3, "learning rate", False, text)
    text = (
        f"{rules} Of the rates that were tried, {chosen.rate:.2g} lowers the loss "
        f"soonest: from {chosen.first:.2f} to {chosen.last:.2f} in {chosen.steps} "
        f"steps. The recipe's own is {own:.2g}."
    )
    return StepReport(3, "learning rate", True, text)


def of_coarse(found: Coarse) -> StepReport:
    """Return step 4 in words."""
    best, default = found.best, found.default
    failed = sum(t.state == "failed" for t in found.tried)
    lost = f" {failed} did not survive (loss not finite)." if failed else ""
    verdict = (
        "The recipe as it is was best."
        if best.number == default.number
        else f"Best: {point_words(best)} with {best.score:.3f}."
    )
    text = (
        f"{len(found.tried)} trials of {default.proposal.epochs:.2g} epochs; the "
        f"recipe as it is reached {default.score:.3f}. {verdict}{lost}"
        f"{_compared(found)}"
    )
    return StepReport(4, "coarse search", found.passed, text)


def _compared(found: Coarse) -> str:
    drawn, grid = found.of("random"), found.of("grid")
    count = min(len(drawn), len(grid))
    if not count:
        return ""
    first, second = (max(t.score for t in part[:count]) for part in (drawn, grid))
    return (
        f" With {count} trials each, random points reached {first:.3f} and the grid "
        f"{second:.3f}."
    )


def of_refined(found: Refined, rounds: Sequence[int]) -> StepReport:
    """Return step 5, or step 7, in words: the rounds of these numbers."""
    first = rounds[0] == 1
    title = "finer search" if first else "finer still"
    number = 5 if first else 7
    chosen = [found.rounds[i - 1] for i in rounds if i <= len(found.rounds)]
    tried = [t for r in chosen for t in r.tried]
    complete = [t for t in tried if t.state == "complete"]
    if not complete:
        text = "no trial came to its end: there was no time, or no loss was finite."
        return StepReport(number, title, False, text)
    best = max(complete, key=lambda t: (t.score, -t.number))
    given_up = sum(t.state == "pruned" for t in tried)
    spared = f", {given_up} of them given up early" if given_up else ""
    text = (
        f"{len(tried)} trials of {best.proposal.epochs:.2g} epochs at a constant rate"
        f"{spared}, round {' and '.join(map(str, rounds))}. Best: {point_words(best)} "
        f"with {best.score:.3f}."
    )
    return StepReport(number, title, True, text)


def of_reading(found: Reading) -> StepReport:
    """Return step 6 in words."""
    return StepReport(6, "curves of the best trial", found.passed, found.text)


def point_words(tried: Tried) -> str:
    """Return the values of a trial in words."""
    point = tried.proposal.point.items()
    return ", ".join(f"{key}={value:.3g}" for key, value in point)


def of_gain(
    name: str, scores: Sequence[float], base: Sequence[float], gain: Gain
) -> str:
    """Return a comparison with the default in words."""
    return (
        f"{name.capitalize()}: {mean_words(scores)} against {mean_words(base)} of the "
        f"default: {gain.mean:+.4f} ± {gain.error:.4f}, "
        + (
            f"beyond seed noise ({_chance_words(gain.chance)})."
            if gain.beyond_noise
            else f"not beyond seed noise (p = {gain.chance:.2f})."
        )
    )


def _chance_words(chance: float) -> str:
    return "p < 0.001" if chance < 0.001 else f"p = {chance:.3f}"


def mean_words(scores: Sequence[float]) -> str:
    """Return mean, deviation and number."""
    mean = sum(scores) / len(scores)
    spread = (sum((s - mean) ** 2 for s in scores) / max(1, len(scores) - 1)) ** 0.5
    return f"{mean:.4f} ± {spread:.4f} (n = {len(scores)})"
