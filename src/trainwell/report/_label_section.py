"""What a report shows of labels that are there or not: scores, what comes together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure
from sklearn.metrics import precision_recall_curve

from trainwell.core.plural import plural
from trainwell.metrics import co_occurrence
from trainwell.report._run_files import RunFiles
from trainwell.report._svg import ACCENT, MUTED, draw

_MOST_IN_TABLE = 24
_PICTURED = 12  # labels that have a curve


@dataclass(frozen=True)
class MislabelledImage:
    """An image with what it has and what was said of it."""

    uri: str
    tiny: bool
    name: str
    right: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it shows, for who cannot see it."""
        parts = {"right": self.right, "missed": self.missed, "wrong": self.wrong}
        said = [f"{kind} {', '.join(names)}" for kind, names in parts.items() if names]
        return f"{self.name}: {'; '.join(said) or 'no label'}"


def content(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template."""
    task, p, y = files.metadata.task, files.probabilities, files.targets
    rows = task.breakdown(p, y)
    count = len(y)
    together = co_occurrence(y)
    largest = max(
        float(together[~np.eye(len(together), dtype=bool)].max(initial=0)), 1.0
    )
    return {
        "note": (
            f"{count:,} {plural(count, 'image')} with {y.sum(1).mean():.2f} of "
            f"{len(task.labels)} labels on average. Saying nothing of the image would "
            f"give {task.chance(y):.3f}."
        ),
        "rows": rows,
        "label_curves": _curves(files, [str(row["label"]) for row in rows]),
        "together": together.astype(int).tolist(),
        "together_largest": largest,
        "together_shown": len(task.labels) <= _MOST_IN_TABLE,
        "mislabelled": _mislabelled(files),
    }


def _curves(files: RunFiles, names: list[str]) -> Markup | None:
    """Return precision over recall of the labels that occur, if they are few."""
    if not 0 < len(names) <= _PICTURED:
        return None
    labels = files.metadata.task.labels

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        shades = np.linspace(1.0, 0.25, len(names))
        for name, shade in zip(names, shades, strict=True):
            i = labels.index(name)
            precision, recall, _ = precision_recall_curve(
                files.targets[:, i], files.probabilities[:, i]
            )
            axes.step(recall, precision, where="post", color=ACCENT, alpha=float(shade))
        axes.axhline(0, color=MUTED, linewidth=0.5)
        axes.set(xlabel="recall", ylabel="precision", xlim=(0, 1.01), ylim=(0, 1.02))

    label = f"Precision over recall of {len(names)} labels, the first the darkest."
    return draw(paint, name="labels", label=label, size=(4.4, 3.6))


def _mislabelled(files: RunFiles) -> list[MislabelledImage]:
    task = files.metadata.task
    found = []
    for row, index in enumerate(files.indices.tolist()):
        said = set(task.prediction("", files.probabilities[index]).labels)
        has = {n for n, y in zip(task.labels, files.targets[index], strict=True) if y}
        found.append(
            MislabelledImage(
                *files.pictured(row),
                right=tuple(sorted(said & has)),
                missed=tuple(sorted(has - said)),
                wrong=tuple(sorted(said - has)),
            )
        )
    return found
