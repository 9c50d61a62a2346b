"""Precision, recall and F1 of every class.

A score that has nothing to be measured on is NaN: the precision of a class that was
never predicted, the recall of one without images.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import (
    precision_recall_fscore_support,
)


@dataclass(frozen=True)
class ClassScore:
    """The scores of one class.

    Attributes:
        name: The class.
        precision: Fraction of correct predictions among those that name the class.
        recall: Share of its images that are predicted so.
        f1: Harmonic mean of the two.
        count: Its images.
    """

    name: str
    precision: float
    recall: float
    f1: float
    count: int


def score_classes(
    targets: npt.NDArray[np.int64],
    predictions: npt.NDArray[np.int64],
    classes: Sequence[str],
) -> list[ClassScore]:
    """Return the scores of each class, in the order of `classes`."""
    columns = precision_recall_fscore_support(
        targets, predictions, labels=np.arange(len(classes)), zero_division=np.nan
    )
    return [
        ClassScore(name, float(p), float(r), float(f), int(n))
        for name, p, r, f, n in zip(classes, *columns, strict=True)
    ]


def mean_score(scores: Sequence[ClassScore]) -> ClassScore:
    """Return the mean over classes, each counting the same, NaN left out."""

    def mean(values: list[float]) -> float:
        known = [value for value in values if value == value]
        return sum(known) / len(known) if known else float("nan")

    return ClassScore(
        name="mean of classes",
        precision=mean([score.precision for score in scores]),
        recall=mean([score.recall for score in scores]),
        f1=mean([score.f1 for score in scores]),
        count=sum(score.count for score in scores),
    )


def lowest(scores: Sequence[ClassScore], most: int) -> list[ClassScore]:
    """Return the classes with images that have the lowest F1, the lowest first."""
    return sorted((s for s in scores if s.count), key=lambda score: score.f1)[:most]
