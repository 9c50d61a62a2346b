"""A verdict from the curves of a run: what they mean and what to try next.

Training accuracy here is that of a fixed sample of training images, not augmented and
in evaluation mode, so its distance to validation accuracy is a real gap.

Source: the readings of Karpathy's CS231n notes, "Babysitting the learning process".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_LARGE_GAP = 0.15  # training minus validation accuracy
_SMALL_GAP = 0.03
_RISING = 0.01  # gain in validation accuracy over the last quarter
_FALLING = 0.1  # rise of the validation loss from its lowest, as a share
_LOW = 0.9


@dataclass(frozen=True)
class Verdict:
    """One sentence on what the curves show, the numbers, and what to do.

    Attributes:
        kind: `fits well`, `overfitting`, `underfitting`, `still rising`, `chance`, or
            `too short`.
        text: The sentence for people.
    """

    kind: str
    text: str


def judge_curves(evaluations: Sequence[dict[str, Any]], num_classes: int) -> Verdict:
    """Judge the evaluation lines of a run's metrics.

    Args:
        evaluations: Lines with train_accuracy, val_accuracy, val_loss, in order.
        num_classes: What chance is measured by.
    """
    if len(evaluations) < 2:
        return Verdict("too short", "Too short to judge: evaluated fewer than twice.")
    last = evaluations[-1]
    train, val = last["train_accuracy"], last["val_accuracy"]
    gap = train - val
    start = evaluations[-1 - max(1, len(evaluations) // 4)]
    gain = val - start["val_accuracy"]
    lowest = min(line["val_loss"] for line in evaluations)
    numbers = f"training {train:.3f}, validation {val:.3f}"
    if val < 1.5 / num_classes and train < 1.5 / num_classes:
        return Verdict(
            "chance",
            f"It has learned next to nothing ({numbers}; chance is "
            f"{1 / num_classes:.3f}): check the labels, then the rate "
            "(try optimizer.lr ten times lower and higher).",
        )
    if gap > _LARGE_GAP:
        rising = last["val_loss"] > lowest * (1 + _FALLING)
        also = ", and the validation loss is rising" if rising else ""
        return Verdict(
            "overfitting",
            f"It overfits ({numbers}: a gap of {gap:.3f}{also}): more images, stronger "
            "augmentation, more weight decay or a smaller network would help.",
        )
    if gain > _RISING:
        return Verdict(
            "still rising",
            f"Validation accuracy was still rising ({numbers}; {gain:+.3f} over the "
            "last quarter): training longer should help.",
        )
    if gap < _SMALL_GAP and val < _LOW:
        return Verdict(
            "underfitting",
            f"It underfits ({numbers}: hardly a gap): train longer or take a larger "
            "network.",
        )
    return Verdict(
        "fits well",
        f"It fits well ({numbers}): the curves have levelled off with a gap of "
        f"{gap:.3f}.",
    )
