"""The verdict on the curves of a run: what they mean and what to try next.

Training accuracy here is that of a fixed sample of training images, not augmented and
in evaluation mode, so its distance to validation accuracy is a real gap.

Source: the readings of Karpathy's CS231n notes, "Babysitting the learning process".
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core import limits
from trainwell.diagnose._check_loss_curve import check_loss_curve
from trainwell.diagnose._finding import Finding, Verdict
from trainwell.diagnose._missed_classes import (
    ClassScore,
    Reading,
    accuracy_of,
    below_largest,
    by_chance,
    largest_class,
    with_missed_classes,
)

_LARGE_GAP = 0.15  # training minus validation accuracy
_SMALL_GAP = 0.03
_NEGATIVE_GAP = -0.1
_RISING = 0.01  # gain in validation accuracy over the last quarter
_ONE_IMAGE = 1.5  # images; a gain of one is chance
_FALLING = 0.1  # rise of the validation loss from its lowest, as a share
_LOW = 0.9
_LEARNED = 1.5  # times the accuracy of chance
_CURVE = 3  # evaluations that make a curve
_SPLITS = ("train", "val")
_WIDER = 0.02  # growth of the gap over the second half


def check_curves(
    evaluations: Sequence[dict[str, Any]],
    num_classes: int,
    *,
    losses: Sequence[float] = (),
    leaked: float = 0.0,
    classes: Sequence[ClassScore] = (),
    weighted: bool = False,
    kept: int = -1,
) -> Verdict:
    """Return the verdict on the evaluation lines of a run's metrics.

    Args:
        evaluations: Lines with train_accuracy, val_accuracy and val_loss, in order, and
            perhaps the balanced accuracies of both.
        num_classes: Number of classes, which sets the accuracy of chance.
        losses: Losses of the steps in order, or their means over a few steps.
        leaked: Fraction of held-out images that are copies of training images.
        classes: What the model that is kept answers for every class of validation; it
            is this model whose accuracy is judged.
        weighted: Whether the loss weighs classes already.
        kept: Index of the evaluation whose weights are kept.

    Example:
        >>> lines = [{"train_accuracy": a, "val_accuracy": 0.6, "val_loss": 1.0}
        ...          for a in (0.7, 0.8, 0.9, 0.99)]
        >>> check_curves(lines, num_classes=10).kind
        'overfitting'
    """
    if not evaluations:
        return Verdict("too short", "Too short to judge: never evaluated.")
    last, chosen = evaluations[-1], evaluations[kept]
    train = chosen["train_accuracy"]
    val = accuracy_of(classes) if classes else chosen["val_accuracy"]
    gap, chance = train - val, 1 / num_classes
    start = evaluations[max(0, len(evaluations) - 1 - max(1, len(evaluations) // 4))]
    gain = last["val_accuracy"] - start["val_accuracy"]
    best = max(
        chosen.get(f"{s}_balanced_accuracy", chosen[f"{s}_accuracy"]) for s in _SPLITS
    )
    fault = check_loss_curve(losses, num_classes)
    if fault is not None and fault.level == "warn" and len(evaluations) < _CURVE:
        fault = None  # two points are no straight line
    words = f"training {train:.3f}, validation {val:.3f}"
    numbers = {"train": train, "val": val, "gap": gap, "gain": gain}
    chance_gap, images = by_chance(classes), sum(one.count for one in classes)
    if none := _no_step(words, best, chance, evaluations):
        return Verdict(*none, numbers)
    verdict = (
        _leakage(words, gap + chance_gap, leaked)
        or _chance(words + largest_class(classes), best, chance, fault)
        or _overfitting(words, gap, chance_gap, evaluations)
        or _rate(words, fault)
        or (_once(words, evaluations) if len(evaluations) < 2 else None)
        or _level(words, train, val, gain if _is_rise(evaluations, gain, images) else 0)
    )
    kind, text = with_missed_classes(verdict, classes, weighted=weighted)
    if kind != "chance":
        text += below_largest(classes, weighted=weighted)
    return Verdict(kind, text, {**numbers, **(fault.numbers if fault else {})})


def _once(words: str, evaluations: Sequence[dict[str, Any]]) -> Reading:
    if evaluations[0].get("step") == 0:
        return "too short", (
            f"These are the first weights ({words}): no step was taken. More time "
            "(train.time) lets all layers learn."
        )
    return "too short", (
        f"Evaluated once ({words}): too short to see whether it still improves; train "
        "longer, or evaluate more often (train.evaluate_every)."
    )


def _leakage(words: str, gap: float, leaked: float) -> Reading | None:
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


def _no_step(
    words: str, best: float, chance: float, evaluations: Sequence[dict[str, Any]]
) -> Reading | None:
    if best >= _LEARNED * chance or evaluations[-1].get("step") != 0:
        return None
    return "too short", (
        f"No step was taken in this time ({words}): allow more (train.time); from "
        "pretrained weights, transfer=auto solves for the head before the first step."
    )


def _chance(
    words: str, best: float, chance: float, fault: Finding | None
) -> Reading | None:
    if best >= _LEARNED * chance:
        return None
    text = f"It has learned almost nothing ({words}; chance is {chance:.3f})"
    if fault is not None:
        return fault.name, f"{text}: {fault.what}; try {fault.try_next}."
    return "chance", (
        f"{text}: check the labels, then the learning rate (try optimizer.lr ten times "
        "lower and higher)."
    )


def _overfitting(
    words: str, gap: float, by_chance: float, evaluations: Sequence[dict[str, Any]]
) -> Reading | None:
    if gap <= max(_LARGE_GAP, by_chance):
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


def _rate(words: str, fault: Finding | None) -> Reading | None:
    if fault is None:
        return None
    return (
        fault.name,
        f"{fault.name.capitalize()} ({words}): {fault.what}; try {fault.try_next}.",
    )


def _is_rise(evaluations: Sequence[dict[str, Any]], gain: float, images: int) -> bool:
    """Tell a rise from one image more, and from a way back to what was there before."""
    highest = max(line["val_accuracy"] for line in evaluations)
    back = evaluations[-1]["val_accuracy"] < highest - _RISING
    return not back and (not images or gain * images > _ONE_IMAGE)


def _level(words: str, train: float, val: float, gain: float) -> Reading:
    if gain > _RISING:
        return "still rising", (
            f"Validation accuracy was still rising ({words}; {gain:+.3f} over the "
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
