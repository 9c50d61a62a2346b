"""The page on tuning: all seven steps, each decision with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trainwell.report._tune_case import TuneCase

if TYPE_CHECKING:
    from trainwell.tuning import Trial


def write_tune_report(case: TuneCase, trials: Sequence[Trial], path: Path) -> Path:
    """Write one self-contained page.

    Args:
        case: Results of the steps.
        trials: All trials.
        path: File to write.

    Example:
        >>> import pathlib
        >>> write_tune_report(case, trials, pathlib.Path("t.html"))  # doctest: +SKIP
        PosixPath('t.html')
    """
    from trainwell.core.files import write_atomically
    from trainwell.core.headline import headline, headline_name, spoken
    from trainwell.report import _number_format as formats
    from trainwell.report import _tune_panels as panels  # brings matplotlib
    from trainwell.report._templates import template
    from trainwell.report._tune_importance import importance

    said = {number: (title, passed, text) for number, title, passed, text in case.said}
    page = template("tune.html.j2").render(
        case=case,
        tested=headline(case.summary, "test"),
        validated=headline(case.summary, "val"),
        headline_name=spoken(headline_name(case.summary)),
        trials=trials,
        said=said,
        overfit=panels.overfit_picture(case),
        rate=panels.rate_picture(case),
        compare=panels.compare_picture(case),
        coordinates=panels.coordinates_picture(case, trials),
        scatter=panels.scatter_pictures(case, trials),
        repeats=panels.repeats_picture(case),
        importance=importance(trials, case.space),
        short=Path(case.source).name or case.source,
        with_winner=formats.command(
            case.source, Path(case.winner_file), case.summary.get("model") or ""
        ),
    )
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path
