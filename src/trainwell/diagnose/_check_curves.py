"""The verdict on the curves of a run: what they mean and what to try next.

Training accuracy here is that of a fixed sample of training images, not augmented and
in evaluation mode, so its distance to validation accuracy is a real gap.

Source: the readings of Karpathy's CS231n notes, "Babysitting the learning process".
"""

from collections.abc import Sequence
from typing import Any

from trainwell.core.headline import spoken
from trainwell.diagnose._check_loss_curve import check_loss_curve
from trainwell.diagnose._curve_readings import (
    SPLITS,
    is_rise,
    leakage,
    least,
    level,
    no_step,
    nothing_learned,
    of_quality,
    once,
    overfitting,
    rate,
)
from trainwell.diagnose._finding import Verdict
from trainwell.diagnose._missed_classes import (
    ClassScore,
    accuracy_of,
    below_largest,
    by_chance,
    largest_class,
    with_missed_classes,
)

_CURVE = 3  # evaluations that make a curve


def check_curves(  # noqa: PLR0913
    evaluations: Sequence[dict[str, Any]],
    num_classes: int | None = None,
    *,
    quality: str = "accuracy",
    chance: float | None = None,
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
        num_classes: Number of classes, which sets the accuracy of chance; None where
            no classes are predicted.
        quality: What stands in the lines in place of the accuracy: a metric that is at
            most 1.
        chance: Its value without a look at the image; 1 / `num_classes` by default.
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
    if chance is None:
        chance = 1 / (num_classes or 2)
    evaluations = [of_quality(line, quality) for line in evaluations]
    last, chosen = evaluations[-1], evaluations[kept]
    train = chosen["train"]
    val = accuracy_of(classes) if classes else chosen["val"]
    gap = train - val
    start = evaluations[max(0, len(evaluations) - 1 - max(1, len(evaluations) // 4))]
    gain = last["val"] - start["val"]
    best = max(chosen.get(f"{s}_balanced_accuracy", chosen[s]) for s in SPLITS)
    learned = best >= least(chance)
    fault = check_loss_curve(losses, num_classes)
    if fault is not None and fault.level == "warn" and len(evaluations) < _CURVE:
        fault = None  # two points are no straight line
    words = f"training {train:.3f}, validation {val:.3f}"
    name = spoken(quality)
    words = words if quality == "accuracy" else f"{name}: {words}"
    numbers = {"train": train, "val": val, "gap": gap, "gain": gain}
    chance_gap, images = by_chance(classes), sum(one.count for one in classes)
    if none := None if learned else no_step(words, evaluations):
        return Verdict(*none, numbers)
    verdict = (
        leakage(
            words, gap + chance_gap if learned or quality == "accuracy" else 0.0, leaked
        )
        or (
            None
            if learned
            else nothing_learned(words + largest_class(classes), chance, fault)
        )
        or overfitting(words, gap, chance_gap, evaluations)
        or rate(words, fault)
        or (once(words, evaluations) if len(evaluations) < 2 else None)
        or level(
            name,
            words,
            (train, val),
            gain if is_rise(evaluations, gain, images) else 0,
        )
    )
    kind, text = with_missed_classes(verdict, classes, weighted=weighted)
    if kind != "chance":
        text += below_largest(classes, weighted=weighted)
    return Verdict(kind, text, {**numbers, **(fault.numbers if fault else {})})
