"""What a report shows of numbers: predictions over truth, errors, the worst images."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from markupsafe import Markup
from matplotlib.figure import Figure

from trainwell.core.plural import plural
from trainwell.report._run_files import RunFiles
from trainwell.report._svg import ACCENT, MUTED, SECOND, draw

_MOST = 2_000  # points of a picture
_PICTURED = 8  # numbers that have a picture
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True)
class NumberPanel:
    """Two pictures of one number."""

    name: str
    scatter: Markup
    errors: Markup


@dataclass(frozen=True)
class FarImage:
    """An image whose numbers are far from the truth."""

    uri: str
    tiny: bool
    name: str
    rows: tuple[tuple[str, str, str], ...]

    @property
    def words(self) -> str:
        """What it shows, for who cannot see it."""
        said = "; ".join(f"{n} {true}, predicted {p}" for n, true, p in self.rows)
        return f"{self.name}: {said}"


def content(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template."""
    task = files.metadata.task
    predictions, targets = files.probabilities, files.targets
    count = len(targets)
    return {
        "note": f"{count:,} {plural(count, 'image')}.",
        "rows": task.breakdown(predictions, targets),
        "number_panels": [
            NumberPanel(name, *_pictures(name, i, targets[:, i], predictions[:, i]))
            for i, name in enumerate(task.labels[:_PICTURED])
        ],
        "far": _far(files),
    }


def _pictures(
    name: str, number: int, true: Floats, said: Floats
) -> tuple[Markup, Markup]:
    few = np.linspace(0, len(true) - 1, min(len(true), _MOST)).astype(int)
    low = float(min(true.min(), said.min()))
    high = float(max(true.max(), said.max()))

    def scatter(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.plot([low, high], [low, high], "--", color=MUTED, linewidth=1)
        axes.plot(true[few], said[few], ".", color=ACCENT, alpha=0.6, markersize=5)
        axes.set(xlabel=name, ylabel="predicted")

    def errors(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.hist(said - true, bins=31, color=ACCENT, alpha=0.7)
        axes.axvline(0, color=MUTED, linewidth=1, linestyle="--")
        axes.axvline(float(np.mean(said - true)), color=SECOND, linewidth=1.4)
        axes.set(xlabel=f"predicted - true {name}", ylabel="images")

    bias = float(np.mean(said - true))
    return (
        draw(
            scatter,
            name=f"scatter-{number}",
            label=f"Predicted over true {name}, from {low:.4g} to {high:.4g}.",
            size=(4.4, 3.6),
        ),
        draw(
            errors,
            name=f"errors-{number}",
            label=f"Errors of {name}; their mean is {bias:.3g}.",
            size=(4.4, 3.6),
        ),
    )


def _far(files: RunFiles) -> list[FarImage]:
    """Return the images that the task finds telling, the farthest first."""
    predictions, targets = files.probabilities, files.targets
    scale = np.maximum(targets.std(0), 1e-12)
    errors = (np.abs(predictions - targets) / scale).mean(1)[files.indices]
    found = []
    for row in np.argsort(-errors, kind="stable").tolist():
        index = int(files.indices[row])
        pairs = zip(targets[index], predictions[index], strict=True)
        rows = [
            (name, f"{true:.4g}", f"{said:.4g}")
            for name, (true, said) in zip(
                files.metadata.task.labels, pairs, strict=True
            )
        ]
        found.append(
            FarImage(
                *files.pictured(row),
                rows=tuple(rows[:_PICTURED]),
            )
        )
    return found
