"""Linear probes: the accuracy of a linear classifier on the features of each block.

    accuracy of block i = mean over folds of (accuracy on the fold held out)
    of logistic regression on standardised features of the others

Use: before fine-tuning, to find the block with the most useful features.
Side effects: none.
Source: Alain & Bengio, "Understanding intermediate layers using linear classifier
probes", 2016, https://arxiv.org/abs/1610.01644
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.core import checks

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
    folds: int = 5,
    seed: int = 0,
) -> Probe:
    """Return the cross-validated accuracy of a linear classifier.

    Args:
        block: Name of the block.
        inputs: Features, (n, d).
        targets: Class indices, (n,).
        folds: Number of folds; at most as many as the smallest class has images.
        seed: Seed of the folds.

    Raises:
        ValueError: If a class has fewer than two images.

    Example:
        >>> y = np.arange(40) % 2
        >>> x = torch.tensor(y)[:, None] + 0.01 * torch.randn(40, 3)
        >>> probe("layer4", x, y).accuracy
        1.0
    """
    from sklearn.linear_model import (
        LogisticRegression,
    )
    from sklearn.model_selection import (
        StratifiedKFold,
        cross_val_score,
    )
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    checks.positive("folds", folds)
    smallest = int(np.bincount(targets)[np.unique(targets)].min())
    if smallest < 2:
        raise ValueError("`targets` must have two images of every class or more.")
    parts = StratifiedKFold(min(folds, smallest), shuffle=True, random_state=seed)
    classifier = make_pipeline(
        StandardScaler(), LogisticRegression(C=_PENALTY, max_iter=200)
    )
    scores = cross_val_score(classifier, inputs.numpy(), targets, cv=parts)
    error = scores.std(ddof=1) / np.sqrt(len(scores))
    return Probe(block, float(scores.mean()), float(error))


def best(probes: Sequence[Probe]) -> int:
    """Return the number of the block with the highest accuracy; of equals, the last."""
    return max(range(len(probes)), key=lambda i: (probes[i].accuracy, i))
