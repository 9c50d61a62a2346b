"""Linear probes: the accuracy of a linear classifier on the features of each block.

    accuracy of block i = mean over folds of (accuracy on the fold held out)
    of logistic regression on standardised features of the others
    an image and its near copies share a fold

Use: before fine-tuning, to find the block with the most useful features.
Side effects: none.
Source: Alain & Bengio, "Understanding intermediate layers using linear classifier
probes", 2016, https://arxiv.org/abs/1610.01644
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.core import checks
from trainwell.data import grouped_folds, groups_per_class

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_PENALTY = 0.01  # C of scikit-learn: strong, for there are more numbers than images


@dataclass(frozen=True)
class Probe:
    """The probe of one block.

    Attributes:
        block: Name of the block.
        accuracy: Mean accuracy over folds.
        error: Standard error of the mean.

    Example:
        >>> Probe("layer4", accuracy=0.91, error=0.01).accuracy
        0.91
    """

    block: str
    accuracy: float
    error: float


def probe(
    block: str,
    inputs: Tensor,
    targets: npt.NDArray[np.integer],
    *,
    groups: npt.NDArray[np.int64] | None = None,
    folds: int = 5,
    seed: int = 0,
) -> Probe:
    """Return the cross-validated accuracy of a linear classifier.

    Args:
        block: Name of the block.
        inputs: Features, (n, d).
        targets: Class indices, (n,).
        groups: Group of every image, (n,), such as its near copies, which share a fold;
            each stands alone by default, and so do those of a class of one group.
        folds: Number of folds; at most as many as the smallest class has groups.
        seed: Seed of the folds.

    Raises:
        ValueError: If a class has fewer than two images.

    Example:
        >>> y = np.arange(40) % 2
        >>> x = torch.tensor(y)[:, None] + 0.01 * torch.randn(40, 3)
        >>> probe("layer4", x, y).accuracy
        1.0
    """
    from sklearn.model_selection import cross_val_score

    checks.positive("folds", folds)
    if np.bincount(targets)[np.unique(targets)].min() < 2:
        raise ValueError("`targets` must have two images of every class or more.")
    each = np.arange(len(targets))
    groups = each if groups is None else groups
    lone = groups_per_class(targets, groups) < 2
    groups = np.where(lone[targets], len(targets) + each, groups)
    smallest = int(groups_per_class(targets, groups)[np.unique(targets)].min())
    folds = min(folds, smallest)
    fold = grouped_folds(targets, groups, folds=folds, seed=seed)
    parts = [
        (np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(folds)
    ]
    scores = cross_val_score(_classifier(), inputs.numpy(), targets, cv=parts)
    error = scores.std(ddof=1) / np.sqrt(len(scores))
    return Probe(block, float(scores.mean()), float(error))


def held_out_accuracy(
    training: tuple[Tensor, npt.NDArray[np.integer]],
    validation: tuple[Tensor, npt.NDArray[np.integer]],
) -> float:
    """Return the accuracy on one set of the classifier that another one gives.

    Args:
        training: Features, (n, d), and class indices, (n,), that it learns from.
        validation: Features, (m, d), and class indices, (m,), that it is judged by.
    """
    fitted = _classifier().fit(training[0].numpy(), training[1])
    return float(fitted.score(validation[0].numpy(), validation[1]))


def best(probes: Sequence[Probe]) -> int:
    """Return the number of the block with the highest accuracy; of equals, the last."""
    return max(range(len(probes)), key=lambda i: (probes[i].accuracy, i))


def _classifier() -> "Pipeline":
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=_PENALTY, max_iter=200))
