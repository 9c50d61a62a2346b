"""Checks of labels by a linear classifier.

    unrelated:  no signal (see `label_signal`), from 100 images and 5 per class on
    suspects:   5 % and more, where the classifier reaches 0.6, and explains 0.85 of
                the labels together with the suspects
    elsewhere:  on validation, far less is right than cross-validated on training
    renumbered: on validation, another assignment of classes explains half of the
                images or more, and at least three times what the given one does

Source: as `label_signal`; the limits are ours.
"""

from collections.abc import Sequence

import numpy as np
import torch
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import confusion_matrix
from torch import Tensor

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._label_signal import (
    cheap_features,
    fit_linear,
    label_signal,
)
from trainwell.metrics import explain_gap

_FEWEST, _PER_CLASS = 100, 5
_SUSPECTS, _REACHED, _EXPLAINED = 0.05, 0.6, 0.85
_EXPLAINS, _TIMES = 0.5, 3.0


def check_label_signal(
    images: Tensor, targets: Tensor, *, names: Sequence[str] = ()
) -> Finding:
    """Check that training labels belong to their images.

    Args:
        images: (n, channels, height, width) or (n, values).
        targets: Class indices, shape (n,).
        names: Names of the images for the message; positions by default.

    Example:
        >>> from sklearn.datasets import load_digits
        >>> digits = load_digits()
        >>> images = torch.tensor(digits.images[:300], dtype=torch.float32)[:, None]
        >>> check_label_signal(images, torch.tensor(digits.target[:300])).level
        'pass'
    """
    name = "labels fit images"
    if len(images) < max(_FEWEST, _PER_CLASS * len(targets.unique())):
        return Finding.untested(name, "There are too few images to check the labels.")
    try:
        signal = label_signal(images, targets)
    except ValueError:
        return Finding.untested(name, "A class has too few images to check the labels.")
    numbers = {
        "accuracy": signal.accuracy,
        "chance": signal.chance,
        "suspects": len(signal.suspects),
    }
    words = (
        f"a linear classifier predicts unseen labels with accuracy "
        f"{signal.accuracy:.3f} (chance {signal.chance:.3f})"
    )
    if not signal.found:
        return Finding.warn(
            "labels unrelated",
            f"Labels seem unrelated to the images: {words}.",
            numbers,
            "look at some images with their labels; were both shuffled together?",
        )
    share = len(signal.suspects) / signal.num_images
    good = signal.accuracy >= _REACHED and signal.accuracy + share >= _EXPLAINED
    if good and share >= _SUSPECTS:
        first = [str(names[i]) if names else str(i) for i in signal.suspects[:3]]
        return Finding.warn(
            "label noise",
            f"{len(signal.suspects)} of {signal.num_images} labels are doubtful, first "
            f"those of {', '.join(first)}: {words}.",
            numbers,
            "look at the suspects of `label_signal`, the first ones first",
        )
    return Finding.passed(name, f"{words.capitalize()}.", numbers)


def check_validation_labels(
    training: tuple[Tensor, Tensor],
    validation: tuple[Tensor, Tensor],
    *,
    cross_validated: float | None = None,
) -> Finding:
    """Check that classes have the same numbers in both splits.

    Args:
        training: Images and class indices of the training split.
        validation: Images and class indices of the other split.
        cross_validated: Accuracy that `check_label_signal` found on training images.

    Example:
        >>> from sklearn.datasets import load_digits
        >>> digits = load_digits()
        >>> x = torch.tensor(digits.images[:400], dtype=torch.float32)[:, None]
        >>> y = torch.tensor(digits.target[:400])
        >>> shifted = (x[200:], (y[200:] + 1) % 10)
        >>> check_validation_labels((x[:200], y[:200]), shifted).name
        'labels renumbered'
    """
    name = "labels agree"
    if min(len(training[1]), len(validation[1])) < _FEWEST:
        return Finding.untested(name, "There are too few images to compare labels.")
    features = cheap_features(torch.cat([training[0], validation[0]]))
    count = len(training[1])
    labels, truth = training[1].cpu().numpy(), validation[1].cpu().numpy()
    said = fit_linear(features[:count], labels).predict(features[count:])
    table = confusion_matrix(
        truth, said, labels=np.arange(max(truth.max(), said.max()) + 1)
    )
    given = float(np.trace(table) / len(truth))
    best = float(table[linear_sum_assignment(-table)].sum() / len(truth))
    numbers = {"accuracy": given, "renumbered": best}
    if best >= _EXPLAINS and best >= _TIMES * given:
        return Finding.fail(
            "labels renumbered",
            "Classes are numbered differently in validation: a linear classifier of "
            f"the training images is right on {given:.3f} of it, and on {best:.3f} "
            "with the classes renumbered.",
            numbers,
            "map classes by name, not by their order; look for labels off by one",
        )
    chance = float(np.bincount(truth).max() / len(truth))
    if given < chance + 3 * np.sqrt(chance * (1 - chance) / len(truth)):
        return Finding.warn(
            "validation labels unrelated",
            f"Validation labels do not follow from the training images: {given:.3f} "
            f"by a linear classifier, chance {chance:.3f}.",
            numbers,
            "look at some validation images with their labels",
        )
    sizes = len(training[1]), len(truth)
    gap = explain_gap(cross_validated or 0.0, given, sizes)
    if gap:
        return Finding.warn(
            "validation from elsewhere",
            f"{gap} The classifier is linear, on small images.",
            numbers | {"cross_validated": cross_validated or 0.0},
            "choose by validation, and give images from as many places as you can",
        )
    words = (
        f"A linear classifier of training images is right on {given:.3f} of validation."
    )
    return Finding.passed(name, words, numbers)
