"""Signal of labels: accuracy of a linear classifier on cheap features.

    features: the image averaged to at most 8 x 8 cells per channel, standardised
    folds:    3; near copies of an image are in its fold
    signal:   out-of-fold accuracy above that of chance by 3 standard errors
    suspect:  label y where some j != y has p_j >= t_j, t_j the mean of p_j over the
              images labelled j, and p_j >= 2 p_y (confident joint)

Use: before training; seconds for a few thousand images.
Side effects: a linear classifier sees little of photographs, so it may miss a weak
relation; suspects count only where it is good (see `check_label_signal`).
Source: Northcutt, Jiang & Chuang, "Confident Learning: Estimating Uncertainty in
Dataset Labels", 2021, section 3.1, https://arxiv.org/abs/1911.00068; the factor 2 is
ours.
"""

import math
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from torch import Tensor

from trainwell.data import grouped_folds, groups_per_class, near_image_groups

_CELLS = 8
_FOLDS = 3
_CERTAIN = 2.0
MAX_IMAGES = 2000
"""Largest number of images used; the first of a shuffled set are enough."""

Probabilities = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LabelSignal:
    """Predictions of a linear classifier for labels it has not seen.

    Attributes:
        accuracy: Out-of-fold accuracy.
        chance: Fraction of the largest class.
        standard_error: Standard error of an accuracy at chance.
        suspects: Positions of labels to look at, the least credible first.
        num_images: Number of images used.

    Example:
        >>> LabelSignal(0.5, 0.1, 0.02, (), 200).found
        True
    """

    accuracy: float
    chance: float
    standard_error: float
    suspects: tuple[int, ...]
    num_images: int

    @property
    def found(self) -> bool:
        """Whether the labels are related to the images."""
        return self.accuracy > self.chance + 3 * self.standard_error


def label_signal(images: Tensor, targets: Tensor) -> LabelSignal:
    """Predict every label from the other folds' images.

    Args:
        images: (n, channels, height, width) or (n, values).
        targets: Class indices, shape (n,); classes of fewer than three images that are
            no near copies are left out.

    Raises:
        ValueError: If fewer than two classes have three images.

    Example:
        >>> y = torch.arange(90) % 3
        >>> x = torch.nn.functional.one_hot(y, 3).float() + 0.1 * torch.randn(90, 3)
        >>> signal = label_signal(x, y)
        >>> signal.accuracy, signal.suspects
        (1.0, ())
    """
    labels = targets.cpu().numpy()
    groups = near_image_groups(images)
    frequent = groups_per_class(labels, groups) >= _FOLDS
    kept = np.flatnonzero(frequent[labels])
    if len(np.unique(labels[kept])) < 2:
        raise ValueError("`targets` must hold two classes of three images or more.")
    features = cheap_features(images)[kept]
    classes, labels = np.unique(labels[kept], return_inverse=True)
    probabilities = np.zeros((len(labels), len(classes)))
    folds = grouped_folds(labels, groups[kept], folds=_FOLDS)
    for number in range(_FOLDS):
        rest, held = folds != number, folds == number
        fitted = fit_linear(features[rest], labels[rest])
        probabilities[held] = fitted.predict_proba(features[held])
    accuracy = float((probabilities.argmax(1) == labels).mean())
    chance = float(np.bincount(labels).max() / len(labels))
    return LabelSignal(
        accuracy=accuracy,
        chance=chance,
        standard_error=math.sqrt(chance * (1 - chance) / len(labels)),
        suspects=tuple(kept[_suspects(probabilities, labels)].tolist()),
        num_images=len(labels),
    )


def cheap_features(images: Tensor) -> npt.NDArray[np.float32]:
    """Return cells' means, each standardised over the images, shape (n, features)."""
    x = images.detach().float().cpu()
    if x.ndim == 4:
        size = min(_CELLS, x.shape[2]), min(_CELLS, x.shape[3])
        x = F.adaptive_avg_pool2d(x, size)
    x = x.flatten(1)
    scale = x.std(0, correction=0)
    return torch.where(scale > 0, (x - x.mean(0)) / scale.clamp_min(1e-12), 0).numpy()


def fit_linear(
    features: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]
) -> LogisticRegression:
    """Fit regularised logistic regression; it may stop before it converges."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=0.05, max_iter=100).fit(features, labels)


def _suspects(
    probabilities: Probabilities, labels: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    rows = np.arange(len(labels))
    own = probabilities[rows, labels]
    thresholds = np.array(
        [own[labels == k].mean() for k in range(probabilities.shape[1])]
    )
    others = np.where(probabilities >= thresholds, probabilities, 0.0)
    others[rows, labels] = 0.0
    best = others.max(1)
    found = np.flatnonzero((best > 0) & (best >= _CERTAIN * own))
    return found[np.argsort(own[found] - best[found], kind="stable")]
