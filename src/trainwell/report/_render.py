"""Fill the template of the page with what a run says."""

from pathlib import Path
from typing import Any

import numpy as np

from trainwell.metrics import calibrate
from trainwell.report import _calibration, _confusion
from trainwell.report import _number_format as formats
from trainwell.report._curves import panels
from trainwell.report._examples import least_certain, worst_mistakes
from trainwell.report._interval import wilson
from trainwell.report._run_files import RunFiles
from trainwell.report._scores import lowest, mean_score, score_classes
from trainwell.report._templates import template

_MOST_CLASSES = 30  # with more, the tables of all of them are folded away
_MOST_LISTED = 500  # rows of a list; the rest is counted
_MOST_LOW = 10  # classes named for their low score


def render(run: Path, files: RunFiles, summary: dict[str, Any]) -> str:
    """Return the page as HTML."""
    watched = files.split == "val" and summary.get("num_val") == 0
    return template("page.html.j2").render(
        summary=summary,
        files=files,
        audit=files.audit,
        metadata=files.metadata,
        split=formats.SPLITS["train" if watched else files.split],
        held_out=not watched,
        splits=formats.SPLITS,
        data=formats.short_name(files.origin["source"]),
        command=formats.command(
            files.origin["source"], run / "recipe.yaml", summary.get("model") or ""
        ),
        recipe=formats.sections(files.recipe),
        panels=panels(files.lines, summary["best_epoch"]),
        worst=worst_mistakes(files),
        uncertain=least_certain(files),
        sparsity=summary.get("sparsity"),
        uncalibrated=_uncalibrated(summary, files.split),
        most_classes=_MOST_CLASSES,
        most_listed=_MOST_LISTED,
        **_results(files),
    )


def _uncalibrated(summary: dict[str, Any], split: str) -> dict[str, Any] | None:
    """Return what a split was like at a temperature of 1, if the run has another."""
    if summary.get("temperature", 1.0) == 1.0:
        return None
    found: dict[str, Any] | None = summary.get("calibration", {}).get(split)
    return found


def _results(files: RunFiles) -> dict[str, Any]:
    targets, classes = files.targets, files.metadata.classes
    predictions = files.probabilities.argmax(1)
    accuracy = float((predictions == targets).mean())
    scores = score_classes(targets, predictions, classes)
    calibration = calibrate(files.probabilities, targets)
    return {
        "accuracy": accuracy,
        "interval": wilson(accuracy, len(targets)),
        "num_wrong": int((predictions != targets).sum()),
        "metrics": files.metadata.task.scores(files.probabilities, targets),
        "largest_share": float(np.bincount(targets).max() / len(targets)),
        "scores": scores,
        "mean_score": mean_score(scores),
        "lowest": lowest(scores, _MOST_LOW),
        "calibration": calibration,
        "calibration_svg": _calibration.picture(calibration),
        "confused": _confusion.most_confused(targets, predictions, classes),
        "confusion": _confusion.show(targets, predictions, classes),
    }
