"""Linear probes: how well a linear classifier on each block's features tells classes.

    accuracy of block i = mean over folds of (accuracy on the fold held out)
    of logistic regression on standardised features of the others

Use: before fine-tuning, to see how deep a pretrained network's features serve you.
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
    """One block.

    Attributes:
        block: Its name.
        accuracy: Mean over folds.
        error: Standard error of the mean.
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
        block: Its name.
        inputs: Features, (n, d).
        targets: Class indices, (n,).
        folds: Parts; at most as many as the smallest class has images.
        seed: Of the parts.

    Raises:
        ValueError: If a class has fewer than two images.
    """
    from sklearn.linear_model import (  # type: ignore[import-untyped]
        LogisticRegression,
    )
    from sklearn.model_selection import (  # type: ignore[import-untyped]
        StratifiedKFold,
        cross_val_score,
    )
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

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
    """Return which block has the highest accuracy; of equals, the deepest."""
    return max(range(len(probes)), key=lambda i: (probes[i].accuracy, i))
