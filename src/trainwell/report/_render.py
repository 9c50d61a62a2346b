"""Fill the template of the page with what a run says."""

from pathlib import Path
from typing import Any

from trainwell.core.headline import headline, spoken
from trainwell.report import _number_format as formats
from trainwell.report._curves import panels
from trainwell.report._inside_section import inside
from trainwell.report._run_files import RunFiles
from trainwell.report._sections import SECTIONS
from trainwell.report._templates import template

_MOST_CLASSES = 30  # with more, the tables of all of them are folded away
_MOST_LISTED = 500  # rows of a list; the rest is counted


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
        panels=panels(files.lines, summary["best_epoch"], files.metadata.task.headline),
        num_images={s: summary.get(f"num_{s}") for s in formats.SPLITS},
        val_headline=headline(summary, "val"),
        sparsity=summary.get("sparsity"),
        uncalibrated=_uncalibrated(summary, files.split),
        most_classes=_MOST_CLASSES,
        most_listed=_MOST_LISTED,
        inside=inside(files),
        **_results(files),
    )


def _uncalibrated(summary: dict[str, Any], split: str) -> dict[str, Any] | None:
    """Return what a split was like at a temperature of 1, if the run has another."""
    if summary.get("temperature", 1.0) == 1.0:
        return None
    found: dict[str, Any] | None = summary.get("calibration", {}).get(split)
    return found


def _results(files: RunFiles) -> dict[str, Any]:
    """Return the numbers at the top, and the content of the task's sections."""
    task = files.metadata.task
    scores = task.scores(files.probabilities, files.targets)
    shown = [SECTIONS[name] for name in task.sections]
    found: dict[str, Any] = {
        "headline": task.metrics[task.headline].value(
            files.probabilities, files.targets
        ),
        "headline_name": spoken(task.headline),
        "metrics": {
            spoken(name): value
            for name, value in scores.items()
            if name not in (task.headline, "loss")
        },
        "sections": shown,
        "noun": shown[0].noun if shown else "output",
        "note": "",
    }
    for section in shown:
        found |= section.content(files)
    return found
