"""Predictions as lines, as CSV and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trainwell.cli import _tables as tables

if TYPE_CHECKING:
    from trainwell.infer import Prediction


def as_lines(found: Sequence["Prediction"], top: int) -> list[str]:
    """Return a line per image: its name, classes with probabilities, the mean."""
    lines = []
    for p in found:
        best = [(p.label, p.probability), *p.top(top)[1:]]
        words = [w for label, value in best for w in (label, f"{value:.4f}")]
        words += [] if p.mean is None else [f"mean {p.mean:.4g}"]
        lines.append("  ".join([p.name, *words]).replace("\n", "\\n"))
    return lines


def as_csv(
    found: Sequence["Prediction"],
    classes: Sequence[str],
    top: int,
    *,
    every_class: bool,
) -> None:
    """Print a table: the best classes of each image, or a column for every class."""
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
    if any(p.mean is not None for p in found):
        head.append("mean")
        rows = [[*row, f"{p.mean:.6g}"] for row, p in zip(rows, found, strict=True)]
    tables.print_csv(head, rows)


def as_json(found: Sequence["Prediction"]) -> str:
    """Return a list of objects: path, label, probability, all of them, the mean."""
    return tables.as_json(
        [
            {
                "path": p.name,
                "label": p.label,
                "probability": round(p.probability, 6),
                "probabilities": {
                    name: round(float(value), 6)
                    for name, value in zip(p.classes, p.probabilities, strict=True)
                },
                **({} if p.mean is None else {"mean": round(p.mean, 6)}),
            }
            for p in found
        ]
    )
