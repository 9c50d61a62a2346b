"""The report on each step of tuning: passed or not, why, and what to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainwell.core.headline import spoken

if TYPE_CHECKING:
    from trainwell.diagnose import InitialLoss
    from trainwell.tuning import ChosenLr, Overfit


@dataclass(frozen=True)
class StepReport:
    """The report on one step.

    Attributes:
        number: 1 to 7, and 8 for the verdict.
        title: Name of the step.
        passed: Whether all is well.
        text: What was found, why, and what to try.

    Example:
        >>> print(StepReport(1, "initial loss", True, "loss 2.310.").line)
        Step 1 pass  initial loss: loss 2.310.
    """

    number: int
    title: str
    passed: bool
    text: str

    @property
    def line(self) -> str:
        """The report in one line, for a terminal."""
        if self.number == 8:
            return f"Gain {'shown' if self.passed else 'not shown'}: {self.text}"
        state = "pass" if self.passed else "FAIL"
        return f"Step {self.number} {state}  {self.title}: {self.text}"


_LOSS = {
    "fine": "",
    "sure of itself": " The network starts a little overconfident, which the first "
    "steps have to correct; `init=...` or a smaller last layer would avoid it.",
    "not finite": " Look at the images (`trainwell check`) and the initialisation.",
    "too high": " The network starts with confident wrong predictions: try a smaller "
    "last layer (init=...), or look at the preprocessing.",
    "too low": " It cannot know that much before training: is the label part of the "
    "images, or is there only one class?",
    "decay does nothing": " Weight decay adds nothing to it: no weight is decayed.",
}
_OVERFIT = {
    "learned": "",
    "not finite": " The loss became infinite: the learning rate is too high, or the "
    "initialisation is bad (`trainwell check init`).",
    "stuck": " The loss hardly moved: the learning rate is too low, the "
    "initialisation is bad (`trainwell check init`), or targets and images do not "
    "belong together.",
    "too slow": " The loss was falling: more passes, or a higher learning rate, may "
    "help.",
}


def report_initial_loss(found: InitialLoss, num_classes: int | None) -> StepReport:
    """Return the report on step 1.

    Example:
        >>> from trainwell.diagnose import InitialLoss
        >>> found = InitialLoss.compare(2.31, 2.4, 2.303)
        >>> print(report_initial_loss(found, num_classes=10).line)
        Step 1 pass  initial loss: loss 2.310, log 10 is 2.303; with weight decay 2.400.
    """
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


def report_overfit(
    found: Overfit, batches: int, images: int, quality: str = "accuracy"
) -> StepReport:
    """Return the report on step 2.

    Example:
        >>> from trainwell.tuning import Overfit, OverfitTrial
        >>> found = Overfit((OverfitTrial(0.1, (2.3, 0.1), (0.5, 1.0), "learned"),))
        >>> report_overfit(found, batches=5, images=160).passed
        True
    """
    last = found.last
    text = (
        f"{batches} batches ({images} images) learned to "
        f"{_reached(max(last.qualities), quality)} in {len(last.qualities)} passes at "
        f"learning rate {last.rate:.2g}.{_OVERFIT[last.cause]}"
    )
    if found.passed and len(found.attempts) > 1:
        text += (
            f" The recipe's learning rate {found.attempts[0].rate:.2g} was not enough."
        )
    return StepReport(2, "overfit a few batches", found.passed, text)


def _reached(value: float, quality: str) -> str:
    return (
        f"{100 * value:.0f} %"
        if quality == "accuracy"
        else f"{spoken(quality)} {value:.3f}"
    )


def report_lr(found: ChosenLr, own: float) -> StepReport:
    """Return the report on step 3.

    Example:
        >>> from trainwell.tuning import ChosenLr, LrRangeTest, LrTrial
        >>> trial = LrTrial(("valley",), 0.1, 2.3, 1.1, 40, True)
        >>> found = ChosenLr(LrRangeTest((), (), False), {"valley": 0.1}, (trial,), 0.1)
        >>> report_lr(found, own=0.5).text
        "The rules say valley 0.1. Of the learning rates that were tried, 0.1 ..."
    """
    rules = ", ".join(f"{name} {rate:.2g}" for name, rate in found.rules.items())
    rules = f"The rules say {rules}." if rules else "The range test shows no fall."
    chosen = next((t for t in found.trials if t.rate == found.rate), None)
    if not found.passed or chosen is None:
        text = (
            f"{rules} None of these learning rates lowered the loss by 15 % in "
            f"{max(t.steps for t in found.trials)} steps; the search continues around "
            f"the recipe's {own:.2g}. Look at steps 1 and 2, or try another optimizer."
        )
        return StepReport(3, "learning rate", False, text)
    text = (
        f"{rules} Of the learning rates that were tried, {chosen.rate:.2g} lowers the "
        f"loss first: from {chosen.first:.2f} to {chosen.last:.2f} in {chosen.steps} "
        f"steps. The recipe's own is {own:.2g}."
    )
    return StepReport(3, "learning rate", True, text)
