"""The number that a summary shows of a split: `val_accuracy`, `test_mae`, ..."""

from collections.abc import Mapping, Sequence
from typing import Any

_SPOKEN = {
    "auc": "AUC",
    "f1": "F1",
    "f1_micro": "F1 micro",
    "failures": "failures at 0.08",
    "mae": "mean error",
    "map": "mAP",
    "map_micro": "mAP micro",
    "mse": "squared error",
    "nme": "normalised error",
    "r2": "R2",
    "rmse": "RMSE",
    "top5_accuracy": "top 5",
}


def headline_name(summary: Mapping[str, Any]) -> str:
    """Return the name of the metric that a summary shows."""
    return str(summary.get("headline", "accuracy"))


def spoken(name: str) -> str:
    """Return the name of a metric as it is shown.

    Example:
        >>> spoken("quadratic_kappa"), spoken("mae"), spoken("r2")
        ('quadratic kappa', 'mean error', 'R2')
    """
    return _SPOKEN.get(name, name.replace("_", " "))


def with_unit(value: str, unit: str | None) -> str:
    """Return a number as text with its unit, if there is one.

    Example:
        >>> with_unit("3.2", "years"), with_unit("0.9", None)
        ('3.2 years', '0.9')
    """
    return f"{value} {unit}" if unit else value


def capital(text: str) -> str:
    """Return a text with a large first letter; others stay, and so does mAP."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def headline(summary: Mapping[str, Any], split: str) -> float | None:
    """Return its value for a split; None where there is no such split."""
    value = summary.get(f"{split}_{headline_name(summary)}")
    return None if value is None else float(value)


def index_of_best(summary: Mapping[str, Any], values: Sequence[float]) -> int:
    """Return where the best of such values is, the first of equals."""
    lower = summary.get("lower_is_better", False)
    return (min if lower else max)(range(len(values)), key=values.__getitem__)
