"""Metrics of classification, from probabilities (n, classes) and class indices (n,).

    accuracy:           fraction of images whose most probable class is the target
    balanced_accuracy:  mean over the classes that occur of the recall of each
    f1:                 mean over the classes that occur of 2 tp / (2 tp + fp + fn)
    auc:                mean over the classes that occur of the area under the ROC curve
                        of this class against all others
    top5_accuracy:      fraction of images whose target is among the 5 most probable
    kappa:              (p_o - p_e) / (1 - p_e), Cohen's agreement beyond chance
    loss:               mean of -log p(target)

Use: accuracy where classes are about equally frequent; balanced accuracy, F1 or kappa
where a rare class counts; AUC where answers are ranked or a threshold is chosen later.
Side effects: none.

Source: Brodersen et al., "The Balanced Accuracy and Its Posterior Distribution", 2010;
Cohen, "A Coefficient of Agreement for Nominal Scales", 1960; Fawcett, "An Introduction
to ROC Analysis", 2006. F1, AUC and kappa are scikit-learn's.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from trainwell.metrics._ordered import mean_absolute_error

Probabilities = npt.NDArray[np.floating]
Targets = npt.NDArray[np.int64]


def accuracy(probabilities: Probabilities, targets: Targets) -> float:
    """Return the fraction of right answers.

    Args:
        probabilities: Class probabilities, shape (n, classes).
        targets: Class indices, shape (n,).

    Example:
        >>> accuracy(np.array([[0.9, 0.1], [0.6, 0.4]]), np.array([0, 1]))
        0.5
    """
    return float((probabilities.argmax(1) == targets).mean())


def recalls(probabilities: Probabilities, targets: Targets) -> dict[int, float]:
    """Return the fraction of right answers of each class that occurs.

    Example:
        >>> recalls(np.array([[0.9, 0.1], [0.6, 0.4]]), np.array([0, 1]))
        {0: 1.0, 1: 0.0}
    """
    right = probabilities.argmax(1) == targets
    return {int(c): float(right[targets == c].mean()) for c in np.unique(targets)}


def balanced_accuracy(probabilities: Probabilities, targets: Targets) -> float:
    """Return the mean of the recalls of the classes that occur.

    Example:
        >>> p = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4]])
        >>> balanced_accuracy(p, np.array([0, 0, 1]))
        0.5
    """
    return float(np.mean([*recalls(probabilities, targets).values()]))


def f1(probabilities: Probabilities, targets: Targets) -> float:
    """Return the mean of the F1 of the classes that occur.

    Example:
        >>> f1(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1]))
        1.0
    """
    from sklearn.metrics import f1_score

    answers, present = probabilities.argmax(1), np.unique(targets)
    return float(
        f1_score(targets, answers, labels=present, average="macro", zero_division=0.0)
    )


def auc(probabilities: Probabilities, targets: Targets) -> float:
    """Return the mean area under the ROC curves of the classes that occur.

    It is NaN where one class alone occurs.

    Example:
        >>> auc(np.array([[0.9, 0.1], [0.6, 0.4]]), np.array([0, 1]))
        1.0
    """
    from sklearn.metrics import roc_auc_score

    present = np.unique(targets)
    if len(present) < 2:
        return float("nan")
    areas = [roc_auc_score(targets == c, probabilities[:, c]) for c in present]
    return float(np.mean(areas))


def top5_accuracy(probabilities: Probabilities, targets: Targets) -> float:
    """Return the fraction of targets among the five most probable classes.

    Example:
        >>> top5_accuracy(np.eye(6)[[0, 1]] + 0.01 * np.arange(6), np.array([0, 0]))
        0.5
    """
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :5]
    return float((best == targets[:, None]).any(1).mean())


def kappa(probabilities: Probabilities, targets: Targets) -> float:
    """Return Cohen's kappa; 0 where one class alone occurs and is always answered.

    Example:
        >>> kappa(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1]))
        1.0
    """
    from sklearn.metrics import cohen_kappa_score

    answers = probabilities.argmax(1)
    if len(np.unique(np.concatenate([answers, targets]))) < 2:
        return 0.0
    return float(cohen_kappa_score(answers, targets))


def log_loss(probabilities: Probabilities, targets: Targets) -> float:
    """Return the mean of -log p(target), with p at least 1e-12.

    Example:
        >>> round(log_loss(np.array([[0.5, 0.5]]), np.array([0])), 4)
        0.6931
    """
    chosen = probabilities[np.arange(len(targets)), targets]
    return float(-np.log(np.maximum(chosen, 1e-12)).mean())


METRICS: dict[str, Callable[[Probabilities, Targets], float]] = {
    "accuracy": accuracy,
    "balanced_accuracy": balanced_accuracy,
    "f1": f1,
    "auc": auc,
    "top5_accuracy": top5_accuracy,
    "kappa": kappa,
    "loss": log_loss,
}
"""Every metric by name; all rise with quality but the loss."""


def scores(
    probabilities: Probabilities,
    targets: Targets,
    values: Sequence[float] | None = None,
) -> dict[str, float]:
    """Return all metrics that are defined: the AUC needs two classes that occur, and
    the top 5 needs more than five classes.

    With values of the classes there is `mae`, the `mean_absolute_error`.

    Example:
        >>> sorted(scores(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1])))
        ['accuracy', 'auc', 'balanced_accuracy', 'f1', 'kappa', 'loss']
    """
    wanted = [m for m in METRICS if m != "top5_accuracy" or probabilities.shape[1] > 5]
    found = {name: METRICS[name](probabilities, targets) for name in wanted}
    if values is not None:
        found["mae"] = mean_absolute_error(probabilities, targets, values)
    return {name: value for name, value in found.items() if np.isfinite(value)}
