"""What single features of a run's curves mean, each as a kind and a sentence.

Lines have the quality of both splits as `train` and `val`; see `_check_curves`.

Source: the readings of Karpathy's CS231n notes, "Babysitting the learning process".
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core import limits
from trainwell.diagnose._finding import Finding
from trainwell.diagnose._missed_classes import Reading

_LARGE_GAP = 0.15  # training minus validation accuracy
_SMALL_GAP = 0.03
_NEGATIVE_GAP = -0.1
_RISING = 0.01  # gain in validation accuracy over the last quarter
_ONE_IMAGE = 1.5  # images; a gain of one is chance
_FALLING = 0.1  # rise of the validation loss from its lowest, as a share
_LOW = 0.9
_LEARNED = 1.5  # times the accuracy of chance
_SOME = 0.05  # where chance gives nothing
SPLITS = ("train", "val")
_WIDER = 0.02  # growth of the gap over the second half


def of_quality(line: dict[str, Any], quality: str) -> dict[str, Any]:
    """Return a line with the quality of both splits as `train` and `val`."""
    return line | {split: line[f"{split}_{quality}"] for split in SPLITS}


def least(chance: float) -> float:
    """Return the quality from which something was learned."""
    return min(_LEARNED * chance, (1 + chance) / 2) if chance else _SOME


def once(words: str, evaluations: Sequence[dict[str, Any]]) -> Reading:
    if evaluations[0].get("step") == 0:
        return "too short", (
            f"These are the first weights ({words}): no step was taken. More time "
            "(train.time) lets all layers learn."
        )
    return "too short", (
        f"Evaluated once ({words}): too short to see whether it still improves; train "
        "longer, or evaluate more often (train.evaluate_every)."
    )


def leakage(words: str, gap: float, leaked: float) -> Reading | None:
    if leaked >= limits.MAX_LEAKED_FRACTION:
        return "leakage", (
            f"The scores are inflated ({words}): {leaked:.1%} of the held-out images "
            "are training images; remove them and train again."
        )
    if gap < _NEGATIVE_GAP:
        return "leakage", (
            f"Validation is easier than training ({words}): look for copies between "
            "them, or for a split that is not random."
        )
    return None


def no_step(words: str, evaluations: Sequence[dict[str, Any]]) -> Reading | None:
    if evaluations[-1].get("step") != 0:
        return None
    return "too short", (
        f"No step was taken in this time ({words}): allow more (train.time); from "
        "pretrained weights, transfer=auto solves for the head before the first step."
    )


def nothing_learned(words: str, chance: float, fault: Finding | None) -> Reading:
    text = f"It has learned almost nothing ({words}; chance is {chance:.3f})"
    if fault is not None:
        return fault.name, f"{text}: {fault.what}; try {fault.try_next}."
    return "chance", (
        f"{text}: check the labels, then the learning rate (try optimizer.lr ten times "
        "lower and higher)."
    )


def overfitting(
    words: str, gap: float, by_chance: float, evaluations: Sequence[dict[str, Any]]
) -> Reading | None:
    if gap <= max(_LARGE_GAP, by_chance):
        return None
    lowest = min(line["val_loss"] for line in evaluations)
    half = evaluations[len(evaluations) // 2]
    wider = gap - (half["train"] - half["val"])
    also = f", {wider:.3f} wider than halfway" if wider > _WIDER else ""
    if evaluations[-1]["val_loss"] > lowest * (1 + _FALLING):
        also += ", and the validation loss is rising"
    return "overfitting", (
        f"It overfits ({words}: a gap of {gap:.3f}{also}): more images, stronger "
        "augmentation, more weight decay or a smaller network would help."
    )


def rate(words: str, fault: Finding | None) -> Reading | None:
    if fault is None:
        return None
    return (
        fault.name,
        f"{fault.name.capitalize()} ({words}): {fault.what}; try {fault.try_next}.",
    )


def is_rise(evaluations: Sequence[dict[str, Any]], gain: float, images: int) -> bool:
    """Tell a rise from one image more, and from a way back to what was there before."""
    highest = max(line["val"] for line in evaluations)
    back = evaluations[-1]["val"] < highest - _RISING
    return not back and (not images or gain * images > _ONE_IMAGE)


def level(name: str, words: str, reached: tuple[float, float], gain: float) -> Reading:
    train, val = reached
    if gain > _RISING:
        return "still rising", (
            f"Validation {name} was still rising ({words}; {gain:+.3f} over the "
            "last quarter): training longer should help."
        )
    gap = train - val
    if train < _LOW or (gap < _SMALL_GAP and val < _LOW):
        also = ": almost no gap" if gap < _SMALL_GAP else ""
        return "underfitting", (
            f"It underfits ({words}{also}): train longer, at a higher learning rate, "
            "or with a larger network."
        )
    return "fits well", (
        f"It fits well ({words}): the curves have levelled off with a gap of {gap:.3f}."
    )
