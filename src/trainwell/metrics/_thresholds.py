"""Thresholds of labels: from which probability on a label is answered.

    threshold_k = argmax_c F1 of (p_k >= c),   F1 = 2 tp / (answered + true)

c lies midway between two neighbouring probabilities, or between the lowest and 0. Of
thresholds with the same F1 it is that nearest to 0.5.

Use: on validation images, where sets of labels are answered and F1 counts.
Side effects: the F1 on the images that thresholds are chosen on is too good; those of
labels with few examples depend on chance.
Source: Lipton, Elkan & Naryanaswamy, "Optimal Thresholding of Classifiers to Maximize
F1 Measure", 2014, https://arxiv.org/abs/1402.1892
"""

import numpy as np
import numpy.typing as npt

from trainwell.metrics._types import Floats, Truth, label_truth

_NONE = 0.5  # nothing tells of a label without examples


def choose_thresholds(probabilities: Floats, targets: Truth) -> npt.NDArray[np.float64]:
    """Return the threshold of each label with the highest F1, shape (labels,).

    A label that is never true has 0.5.

    Args:
        probabilities: Of validation images, shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p = np.array([[0.9, 0.2], [0.3, 0.1], [0.1, 0.3]])
        >>> choose_thresholds(p, np.array([[1, 0], [1, 0], [0, 0]])).tolist()
        [0.2, 0.5]
    """
    columns = zip(probabilities.T, label_truth(probabilities, targets).T, strict=True)
    return np.array([_threshold(p, t) for p, t in columns], np.float64)


def _threshold(probabilities: Floats, truth: npt.NDArray[np.bool_]) -> float:
    if not truth.any():
        return _NONE
    order = np.argsort(-probabilities, kind="stable")
    values = np.append(probabilities[order].astype(np.float64), 0.0)
    last = values[:-1] > values[1:]  # of equal probabilities
    last[-1] = True
    answered = np.arange(1, len(order) + 1)
    f1 = 2 * np.cumsum(truth[order]) / (answered + truth.sum())
    middle = (values[:-1] + values[1:]) / 2
    cuts = np.where(middle > values[1:], middle, values[:-1])  # middle may round down
    best = last & (f1 == f1[last].max())
    return float(min(cuts[best], key=lambda c: abs(c - 0.5)))
