"""What a report shows of classes in the order of their numbers: how far it is off."""

from typing import Any, cast

import numpy as np

from trainwell.core.plural import plural
from trainwell.metrics import mean_values, nearest_classes
from trainwell.report import _confusion
from trainwell.report._number_section import FarImage
from trainwell.report._run_files import RunFiles
from trainwell.tasks import Ordinal

_SHOWN = 18


def content(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template."""
    targets, task = files.targets, cast(Ordinal, files.metadata.task)
    values = np.array(task.class_values, np.float64)
    answers = mean_values(files.probabilities, values)
    nearest = nearest_classes(answers, values)
    count, same = len(targets), float(np.median(values[targets]))
    by_same = float(np.abs(values[targets] - same).mean())
    return {
        "note": (
            f"{count:,} {plural(count, 'image')}. The same answer for all of them, "
            f"{same:g}, would give {by_same:.3f}."
        ),
        "rows": task.breakdown(files.probabilities, targets),
        "confusion": _confusion.show(targets, nearest, task.classes),
        "num_classes": len(values),
        "far": _far(files, answers, values),
    }


def _far(files: RunFiles, answers: Any, values: Any) -> list[FarImage]:  # noqa: ANN401
    """Return the images with the largest errors."""
    true = values[files.targets]
    errors = np.abs(answers - true)[files.indices]
    found = []
    for row in np.argsort(-errors, kind="stable")[:_SHOWN].tolist():
        index = int(files.indices[row])
        found.append(
            FarImage(
                *files.pictured(row),
                rows=(("", f"{true[index]:g}", f"{answers[index]:.4g}"),),
            )
        )
    return found
