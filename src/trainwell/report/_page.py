"""The report of a run: one self-contained page."""

from pathlib import Path
from typing import Any


def write_report(run: Path, summary: dict[str, Any]) -> Path:
    """Write report.html into a run folder, from the files there and the summary.

    The page is self-contained: no network, no scripts, no other file.

    Args:
        run: Run folder.
        summary: Content of summary.json.

    Raises:
        RunError: If a file of the run is missing or damaged.

    Example:
        >>> import pathlib
        >>> write_report(pathlib.Path("no run"), {})
        Traceback (most recent call last):
        trainwell.core.errors.RunError: no run/examples.npz cannot be read ...
    """
    from trainwell.core.files import write_atomically
    from trainwell.report._render import render  # brings matplotlib and scikit-learn
    from trainwell.report._run_files import read_run

    page = render(run, read_run(run), summary)
    path = run / "report.html"
    write_atomically(path, page.encode("utf-8", "backslashreplace"))
    return path
