"""A verdict from the curves of a run: what they mean and what to try next.

Training accuracy here is that of a fixed sample of training images, not augmented and
in evaluation mode, so its distance to validation accuracy is a real gap.

Source: the readings of Karpathy's CS231n notes, "Babysitting the learning process".
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core import limits
from trainwell.diagnose._check_loss_curve import check_loss_curve
from trainwell.diagnose._finding import Finding, Verdict

_LARGE_GAP = 0.15  # training minus validation accuracy
_SMALL_GAP = 0.03
_NEGATIVE_GAP = -0.1
_RISING = 0.01  # gain in validation accuracy over the last quarter
_FALLING = 0.1  # rise of the validation loss from its lowest, as a share
_LOW = 0.9
_WIDER = 0.02  # growth of the gap over the second half


def check_curves(
    evaluations: Sequence[dict[str, Any]],
    num_classes: int,
    *,
    losses: Sequence[float] = (),
    leaked: float = 0.0,
) -> Verdict:
    """Judge the evaluation lines of a run's metrics.

    Args:
        evaluations: Lines with train_accuracy, val_accuracy, val_loss, in order.
        num_classes: What chance is measured by.
        losses: Of the steps in order, or their means over a few steps.
        leaked: Share of held-out images that training images are copies of.
    """
    if len(evaluations) < 2:
        return Verdict("too short", "Too short to judge: evaluated fewer than twice.")
    last = evaluations[-1]
    train, val = last["train_accuracy"], last["val_accuracy"]
    gap, chance = train - val, 1 / num_classes
    start = evaluations[-1 - max(1, len(evaluations) // 4)]
    gain = val - start["val_accuracy"]
    said = check_loss_curve(losses, num_classes)
    words = f"training {train:.3f}, validation {val:.3f}"
    numbers = {"train": train, "val": val, "gap": gap, "gain": gain}
    verdict = (
        _leakage(words, gap, leaked)
        or _chance(words, max(train, val), chance, said)
        or _overfitting(words, gap, evaluations)
        or _rate(words, said)
        or _level(words, train, val, gain)
    )
    return Verdict(*verdict, {**numbers, **(said.numbers if said else {})})


Said = tuple[str, str]


def _leakage(words: str, gap: float, leaked: float) -> Said | None:
    if leaked >= limits.MAX_LEAKED_FRACTION:
        return "leakage", (
            f"The scores flatter ({words}): {leaked:.1%} of the held-out images are "
            "training images; remove them and train again."
        )
    if gap < _NEGATIVE_GAP:
        return "leakage", (
            f"Validation is easier than training ({words}): look for copies between "
            "them, or for a split by something other than chance."
        )
    return None


def _chance(
    words: str, best: float, chance: float, said: Finding | None
) -> Said | None:
    if best >= 1.5 * chance:
        return None
    text = f"It has learned next to nothing ({words}; chance is {chance:.3f})"
    if said is not None:
        return said.name, f"{text}: {said.what}; try {said.try_next}."
    return "chance", (
        f"{text}: check the labels, then the rate (try optimizer.lr ten times lower "
        "and higher)."
    )


def _overfitting(
    words: str, gap: float, evaluations: Sequence[dict[str, Any]]
) -> Said | None:
    if gap <= _LARGE_GAP:
        return None
    lowest = min(line["val_loss"] for line in evaluations)
    half = evaluations[len(evaluations) // 2]
    wider = gap - (half["train_accuracy"] - half["val_accuracy"])
    also = f", {wider:.3f} wider than halfway" if wider > _WIDER else ""
    if evaluations[-1]["val_loss"] > lowest * (1 + _FALLING):
        also += ", and the validation loss is rising"
    return "overfitting", (
        f"It overfits ({words}: a gap of {gap:.3f}{also}): more images, stronger "
        "augmentation, more weight decay or a smaller network would help."
    )


def _rate(words: str, said: Finding | None) -> Said | None:
    if said is None:
        return None
    return (
        said.name,
        f"{said.name.capitalize()} ({words}): {said.what}; try {said.try_next}.",
    )


def _level(words: str, train: float, val: float, gain: float) -> Said:
    if gain > _RISING:
        return "still rising", (
            f"Validation accuracy was still rising ({words}; {gain:+.3f} over the "
            "last quarter): training longer should help."
        )
    gap = train - val
    if train < _LOW or (gap < _SMALL_GAP and val < _LOW):
        also = ": hardly a gap" if gap < _SMALL_GAP else ""
        return "underfitting", (
            f"It underfits ({words}{also}): train longer, at a higher rate, or take a "
            "larger network."
        )
    return "fits well", (
        f"It fits well ({words}): the curves have levelled off with a gap of {gap:.3f}."
    )
