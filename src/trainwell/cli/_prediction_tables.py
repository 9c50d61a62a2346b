"""Predictions as lines, as CSV and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainwell.cli import _tables as tables

if TYPE_CHECKING:
    from trainwell.infer import Prediction


def as_lines(found: Sequence["Prediction"], top: int) -> list[str]:
    """Return a line per image: its name, classes with their probabilities, the mean."""
    lines = []
    for p in found:
        best = [(p.label, p.probability), *p.top(top)[1:]]
        words = [w for label, value in best for w in (label, f"{value:.4f}")]
        words += [word for name, mean in _mean(p).items() for word in (name, mean)]
        lines.append("  ".join([p.name, *words]).replace("\n", "\\n"))
    return lines


def as_csv(
    found: Sequence["Prediction"],
    classes: Sequence[str],
    top: int,
    *,
    every_class: bool,
) -> None:
    """Print a table: the best classes of each image, or a column for every class.

    A model that answers with a mean adds a last column.
    """
    if every_class:
        head = ["path", "label", *classes]
        rows = [
            [p.name, p.label, *(f"{value:.6f}" for value in p.probabilities)]
            for p in found
        ]
    else:
        shown = range(1, min(top, len(classes)) + 1)
        names = [x for i in shown for x in (f"class_{i}", f"probability_{i}")]
        head, rows = ["path", *names], []
        for p in found:
            best = [(p.label, p.probability), *p.top(top)[1:]]
            rows.append([p.name, *(w for c, v in best for w in (c, f"{v:.4f}"))])
    means = [_mean(p) for p in found]
    head += next(iter(means), {})
    tables.print_csv(
        head, [[*row, *mean.values()] for row, mean in zip(rows, means, strict=True)]
    )


def as_json(found: Sequence["Prediction"]) -> str:
    """Return a list of objects: path, label, probability, mean, all probabilities."""
    return tables.as_json(
        [
            {
                "path": p.name,
                "label": p.label,
                "probability": round(p.probability, 6),
                **({} if p.mean is None else {"mean": round(p.mean, 6)}),
                "probabilities": {
                    name: round(float(value), 6)
                    for name, value in zip(p.classes, p.probabilities, strict=True)
                },
            }
            for p in found
        ]
    )


def _mean(prediction: "Prediction") -> dict[str, str]:
    """Return the mean by its name, where the model answers with one."""
    return {} if prediction.mean is None else {"mean": f"{prediction.mean:.4f}"}
