"""Average precision: how well a label's probability ranks images, without a threshold.

    AP = sum_i (R_i - R_(i-1)) P_i

over the falling distinct probabilities of a label; P_i and R_i are its precision and
recall from the highest down to there.

Use: the mean over the labels (mAP) compares networks where images have several labels:
macro, so that a rare label counts as much as a frequent one, or micro, over all pairs
of image and label as one list.
Side effects: its value by chance is the share of images with the label, so it is low
for rare ones.
Source: Manning, Raghavan & Schuetze, "Introduction to Information Retrieval", 2008,
section 8.4, as `average_precision_score` of scikit-learn.
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks
from trainwell.metrics._types import AVERAGES, Average, Floats, Truth, label_truth


def average_precision(probabilities: Floats, targets: Truth) -> npt.NDArray[np.float64]:
    """Return the average precision of each label, shape (labels,); NaN if never true.

    Args:
        probabilities: Or any scores that rank the images, shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).

    Raises:
        ValueError: If the shapes disagree.

    Example:
        >>> p = np.array([[0.9, 0.2], [0.6, 0.1], [0.3, 0.3]])
        >>> average_precision(p, np.array([[1, 0], [0, 0], [1, 0]])).round(4).tolist()
        [0.8333, nan]
    """
    from sklearn.metrics import average_precision_score

    truth = label_truth(probabilities, targets)
    columns = zip(truth.T, probabilities.T, strict=True)
    found = [average_precision_score(t, p) if t.any() else np.nan for t, p in columns]
    return np.array(found, np.float64)


def mean_average_precision(
    probabilities: Floats, targets: Truth, average: Average = "macro"
) -> float:
    """Return the mean average precision; NaN if no label is ever true.

    Args:
        probabilities: Shape (n, labels).
        targets: 1 where a label is true, shape (n, labels).
        average: `macro`, the mean over the labels that occur, or `micro`, that of all
            labels as one.

    Raises:
        ValueError: If the shapes disagree or `average` is unknown.

    Example:
        >>> p = np.array([[0.9, 0.2], [0.6, 0.1], [0.3, 0.3]])
        >>> round(mean_average_precision(p, np.array([[1, 0], [0, 0], [1, 0]])), 4)
        0.8333
    """
    checks.one_of("average", average, AVERAGES)
    truth = label_truth(probabilities, targets)
    if average == "micro":
        pair = probabilities.reshape(-1, 1), truth.reshape(-1, 1)
        return float(average_precision(*pair)[0])
    occurs = truth.any(0)
    if not occurs.any():
        return float("nan")
    return float(average_precision(probabilities[:, occurs], truth[:, occurs]).mean())
