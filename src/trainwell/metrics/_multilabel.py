"""Metrics of several labels per image, from probabilities and truth, (n, labels) each.

    f1:                 2 tp / (2 tp + fp + fn)
    exact_match:        fraction of images all of whose labels are right
    hamming_loss:       fraction of labels of images that are wrong
    binary_log_loss:    mean of -(t log p + (1 - t) log(1 - p)) over images and labels

A label is answered where its probability is at least its threshold, and true where its
target is at least 1/2.

Use: F1 where sets are answered, micro where frequent labels may count more; exact match
is severe where there are many labels, the Hamming loss mild.
Side effects: all but the log loss depend on thresholds.
Source: Tsoumakas & Katakis, "Multi-Label Classification: An Overview", 2007, section 4;
F1 and its averages: Manning, Raghavan & Schuetze, "Introduction to Information
Retrieval", 2008, sections 8.3 and 13.6.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.metrics._types import AVERAGES, Average, Floats, Truth, label_truth

_SMALLEST = 1e-12


def multilabel_f1(
    probabilities: Floats,
    targets: Truth,
    thresholds: float | Floats = 0.5,
    average: Average = "macro",
) -> float:
    """Return the F1 of the answered labels; NaN if no label is ever true.

    Args:
        probabilities: Shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).
        thresholds: One for all labels, or one each, shape (labels,).
        average: `macro`, the mean over the labels that occur, or `micro`, that of all
            labels as one.

    Raises:
        ValueError: If the shapes disagree or `average` is unknown.

    Example:
        >>> p, t = np.array([[0.9, 0.6], [0.6, 0.1]]), np.array([[1, 1], [0, 1]])
        >>> round(multilabel_f1(p, t), 4)
        0.6667
    """
    checks.one_of("average", average, AVERAGES)
    truth = label_truth(probabilities, targets)
    answers = _answers(probabilities, thresholds)
    occurs = truth.any(0)
    if not occurs.any():
        return float("nan")
    both, either = (truth & answers).sum(0), truth.sum(0) + answers.sum(0)
    if average == "micro":
        return float(2 * both.sum() / either.sum())
    return float((2 * both[occurs] / either[occurs]).mean())


def exact_match(
    probabilities: Floats, targets: Truth, thresholds: float | Floats = 0.5
) -> float:
    """Return the fraction of images all of whose labels are right.

    Args:
        probabilities: Shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).
        thresholds: One for all labels, or one each, shape (labels,).

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p, t = np.array([[0.9, 0.6], [0.6, 0.1]]), np.array([[1, 1], [0, 1]])
        >>> exact_match(p, t)
        0.5
    """
    truth = label_truth(probabilities, targets)
    return float((truth == _answers(probabilities, thresholds)).all(1).mean())


def hamming_loss(
    probabilities: Floats, targets: Truth, thresholds: float | Floats = 0.5
) -> float:
    """Return the fraction of labels that are wrong, over images and labels.

    Args:
        probabilities: Shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).
        thresholds: One for all labels, or one each, shape (labels,).

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p, t = np.array([[0.9, 0.6], [0.6, 0.1]]), np.array([[1, 1], [0, 0]])
        >>> hamming_loss(p, t)
        0.25
    """
    truth = label_truth(probabilities, targets)
    return float((truth != _answers(probabilities, thresholds)).mean())


def binary_log_loss(probabilities: Floats, targets: Truth) -> float:
    """Return the mean binary cross-entropy, with p and 1 - p at least 1e-12.

    Args:
        probabilities: Shape (n, labels).
        targets: How true every label is, from 0 to 1, shape (n, labels).

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> round(binary_log_loss(np.array([[0.5, 0.5]]), np.array([[1, 0]])), 4)
        0.6931
    """
    label_truth(probabilities, targets)
    p, t = probabilities.astype(np.float64), targets.astype(np.float64)
    yes, no = (np.log(np.maximum(x, _SMALLEST)) for x in (p, 1 - p))
    return float(-(t * yes + (1 - t) * no).mean())


def co_occurrence(targets: Truth) -> npt.NDArray[np.int64]:
    """Return in how many images two labels are true, shape (labels, labels).

    The diagonal has the images of each label.

    Example:
        >>> co_occurrence(np.array([[1, 1, 0], [1, 0, 0]])).tolist()
        [[2, 1, 0], [1, 1, 0], [0, 0, 0]]
    """
    truth = (targets >= 0.5).astype(np.float64)  # products of floats are far faster
    return (truth.T @ truth).astype(np.int64)


def _answers(
    probabilities: Floats, thresholds: float | Floats
) -> npt.NDArray[np.bool_]:
    limits = np.asarray(thresholds)
    if limits.shape not in ((), probabilities.shape[1:]):
        raise ValueError(
            "`thresholds` must be one number, or one for each of the "
            f"{probabilities.shape[1]} labels, got shape {limits.shape}."
        )
    return probabilities >= limits
